//! Who is who: spellings that differ only in case, blanks and accents are one person, and so are aliases.
//! Nothing is ever matched by likeness.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use crate::config::Identity;

/// Everyone seen, by normalised name.
#[derive(Debug, Default)]
pub(super) struct People {
    /// Normalised alias to normalised person.
    aliases: BTreeMap<String, String>,
    /// Normalised person to the label an alias file gives.
    labels: BTreeMap<String, String>,
    /// Normalised person to spellings with their rows.
    spellings: BTreeMap<String, BTreeMap<String, u64>>,
}

impl People {
    pub(super) fn new(identity: &Identity) -> Self {
        let mut people = Self::default();
        for (alias, agent) in &identity.aliases {
            let person = normal(agent);
            people.labels.insert(person.clone(), agent.trim().to_owned());
            people.aliases.insert(normal(alias), person);
        }
        people
    }

    /// Takes other keys of the same people from the roster, as (agent, other key) pairs. A key that two
    /// people share names neither.
    pub(super) fn add_keys(&mut self, pairs: &[(String, String)]) {
        let people: BTreeSet<String> = pairs.iter().map(|(agent, _)| normal(agent)).collect();
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (agent, key) in pairs {
            found.entry(normal(key)).or_default().insert(self.person(agent));
        }
        for (key, owners) in found {
            let Some(owner) = owners.first().filter(|_| owners.len() == 1) else { continue };
            if !people.contains(&key) && !self.aliases.contains_key(&key) {
                self.aliases.insert(key, owner.clone());
            }
        }
    }

    /// The normalised person behind a spelling.
    pub(super) fn person(&self, spelling: &str) -> String {
        let name = normal(spelling);
        self.aliases.get(&name).cloned().unwrap_or(name)
    }

    /// Counts rows under a spelling.
    pub(super) fn see(&mut self, spelling: &str, rows: u64) {
        let person = self.person(spelling);
        // The spelling of an alias is no name for the person.
        if normal(spelling) == person {
            *self.spellings.entry(person).or_default().entry(spelling.trim().to_owned()).or_insert(0) += rows;
        } else {
            self.spellings.entry(person).or_default();
        }
    }

    /// Every key and spelling somebody goes by.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let spellings = self.spellings.values().flat_map(BTreeMap::keys);
        let keys = self.aliases.keys().chain(self.spellings.keys());
        spellings.chain(keys).map(String::as_str)
    }

    /// Labels, sorted, and the place of each person among them. A label is what the alias file says, else
    /// the commonest spelling, else the key itself.
    pub(super) fn finish(&self) -> (Vec<String>, BTreeMap<String, u32>) {
        let mut labelled: Vec<(String, &str)> = self
            .spellings
            .iter()
            .map(|(person, spellings)| (self.label(person, spellings), person.as_str()))
            .collect();
        labelled.sort();
        let places =
            labelled.iter().zip(0u32..).map(|((_, person), place)| ((*person).to_owned(), place)).collect();
        (labelled.into_iter().map(|(label, _)| label).collect(), places)
    }

    fn label(&self, person: &str, spellings: &BTreeMap<String, u64>) -> String {
        let commonest =
            || spellings.iter().max_by(|x, y| x.1.cmp(y.1).then(y.0.cmp(x.0))).map(|(name, _)| name);
        self.labels.get(person).or_else(commonest).cloned().unwrap_or_else(|| person.to_owned())
    }
}

/// Without case, accents and blanks at the ends or doubled.
pub(super) fn normal(text: &str) -> String {
    let plain: String = text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_blanks_make_no_second_person() {
        let mut people = People::new(&Identity::default());
        for (spelling, rows) in [("José  Pérez ", 3), ("jose perez", 5), ("JOSE PEREZ", 5), ("Ann", 1)] {
            people.see(spelling, rows);
        }
        let (labels, places) = people.finish();
        assert_eq!(labels, ["Ann", "JOSE PEREZ"], "ties go to the first in order");
        assert_eq!(places[&people.person("JOSÉ PÉREZ")], 1);
    }

    #[test]
    fn an_alias_is_the_person_it_names() {
        let aliases = BTreeMap::from([("dsmith2".to_owned(), "Dora Smith".to_owned())]);
        let mut people = People::new(&Identity { keys: vec![], aliases });
        people.see("DSmith2", 9);
        people.see("dora smith", 1);
        let (labels, places) = people.finish();
        assert_eq!(labels, ["Dora Smith"]);
        assert_eq!(places[&people.person("dsmith2")], 0);
    }

    #[test]
    fn a_key_of_two_people_names_neither() {
        let mut people = People::new(&Identity::default());
        let pair = |agent: &str, key: &str| (agent.to_owned(), key.to_owned());
        people.add_keys(&[pair("1", "Ann Lee"), pair("2", "Ann Lee"), pair("1", "ann@x"), pair("2", "1")]);
        assert_eq!(people.person("Ann@X"), "1");
        assert_eq!(people.person("Ann Lee"), "ann lee");
        assert_eq!(people.person("1"), "1");
    }
}
