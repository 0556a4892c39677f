//! Secrets in a text that is about to be shown. A snippet prints whole lines, so a mistake beside a secret
//! written in clear would print the secret too; it is masked by the name of its key, spelt right or not.

use super::nearest;

const SECRETS: [&str; 5] = ["password", "passphrase", "secret", "token", "api-key"];

/// The text with the quoted values of secret keys starred out, byte for byte, so that places still hold.
pub(super) fn masked(text: &str) -> String {
    let mut out = text.as_bytes().to_vec();
    for (at, _) in text.match_indices('=').filter(|(at, _)| is_secret(key_before(&text[..*at]))) {
        let value = text[at + 1..].trim_start_matches([' ', '\t']);
        let start = text.len() - value.len();
        let length = quoted(value);
        out[start..start + length].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b'*');
    }
    String::from_utf8(out).unwrap_or_default()
}

/// The last part of the key that ends here.
fn key_before(text: &str) -> &str {
    let text = text.trim_end().trim_end_matches(['"', '\'']);
    let letter = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    &text[text.trim_end_matches(letter).len()..]
}

fn is_secret(key: &str) -> bool {
    let lower = key.to_lowercase();
    ["pass", "pwd", "secret", "token"].iter().any(|part| lower.contains(part))
        || nearest(key, SECRETS).is_some()
}

/// Length of the TOML string a text starts with, 0 where it starts with something else. A string left open
/// ends with its line, or with the text where it may span lines.
fn quoted(text: &str) -> usize {
    for mark in ["\"\"\"", "'''"] {
        if let Some(rest) = text.strip_prefix(mark) {
            return rest.find(mark).map_or(text.len(), |end| end + 2 * mark.len());
        }
    }
    let Some(mark) = text.chars().next().filter(|c| ['"', '\''].contains(c)) else { return 0 };
    let line = text.find('\n').unwrap_or(text.len());
    let mut escaped = false;
    for (at, c) in text[..line].char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' if mark == '"' => escaped = true,
            _ if c == mark => return at + 1,
            _ => {}
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn the_value_of_a_secret_key_is_starred_out_and_nothing_moves() {
        for (text, shown) in [
            ("password = \"a\\\"b\"\nx = \"y\"", "password = ******\nx = \"y\""),
            ("smtp = { passwrd = 'né', port = \"no\" }", "smtp = { passwrd = *****, port = \"no\" }"),
            ("smtp.pasword=\"open\nx = 1", "smtp.pasword=*****\nx = 1"),
            ("api_token = \"\"\"a\nb\"\"\" # c", "api_token = ****\n**** # c"),
            ("password = { env = \"SMTP\" }", "password = { env = \"SMTP\" }"),
            ("path = \"pass.csv\"", "path = \"pass.csv\""),
        ] {
            assert_eq!(masked(text), shown);
        }
    }
}
