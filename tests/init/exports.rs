//! Exports in the shapes of real systems, drawn without chance: the same rows every time.

use std::fmt::Write as _;

/// A day of the year 2026 and a time, for the row of this number. Rows spread over so many days.
fn moment(row: u32, rows: u32, days: u32) -> chrono::NaiveDateTime {
    let start = chrono::NaiveDate::from_ymd_opt(2026, 6, 1).unwrap().and_hms_opt(8, 0, 0).unwrap();
    let day = i64::from(row * days / rows);
    start + chrono::TimeDelta::days(day) + chrono::TimeDelta::seconds(i64::from(row * 37 % 32_000))
}

/// Without order, and the same for the same row.
fn draw(row: u32, salt: u32, below: u32) -> u32 {
    let mut x = row.wrapping_mul(2_654_435_761).wrapping_add(salt.wrapping_mul(40_503));
    x ^= x >> 15;
    x = x.wrapping_mul(2_246_822_519);
    x ^= x >> 13;
    x % below
}

const ROWS: u32 = 4_000;
const DAYS: u32 = 70;

fn seconds(row: u32, salt: u32, about: u32) -> u32 {
    about / 2 + draw(row, salt, about)
}

fn clock(seconds: u32) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// Genesys Cloud: milliseconds, American dates, several wrap-up codes in one cell.
pub(crate) fn genesys() -> String {
    let mut text = "Full Export Completed,Media Type,Users,Remote,Date,Duration,Direction,ANI,DNIS,Queue,Wrap-up,Conversation ID,Total Handle,Total Talk,Total Hold,Total ACW,Transferred\n".to_owned();
    let codes = ["Billing", "Refund", "ININ-WRAP-UP-TIMEOUT", "Address change", "Billing; Refund"];
    for row in 0..ROWS {
        let at = moment(row, ROWS, DAYS).format("%m/%d/%y %I:%M %p");
        let abandoned = draw(row, 1, 12) == 0;
        let user = if abandoned { "-".to_owned() } else { format!("U{:02} Agent", draw(row, 2, 14)) };
        let code = if abandoned { "-" } else { codes[draw(row, 3, 5) as usize] };
        let (talk, hold, acw) =
            (seconds(row, 4, 240) * 1000, draw(row, 5, 60) * 1000, seconds(row, 6, 40) * 1000);
        let (talk, hold, acw) = if abandoned { (0, 0, 0) } else { (talk, hold, acw) };
        let yes = u8::from(draw(row, 7, 9) == 0);
        _ = writeln!(
            text,
            "YES,voice,{user},tel:{row},{at},{},Inbound,tel:{row},tel:800,Service,{code},g{row},{},{talk},{hold},{acw},{yes}",
            talk + hold + acw + 9000,
            talk + hold + acw,
        );
    }
    text
}

/// Five9: lengths as clocks, `[None]` for no agent.
pub(crate) fn five9() -> String {
    let mut text = "CALL ID,TIMESTAMP,CAMPAIGN,CALL TYPE,AGENT,AGENT NAME,DISPOSITION,ANI,DNIS,CALL TIME,BILL TIME (ROUNDED),IVR TIME,QUEUE WAIT TIME,TALK TIME,HOLD TIME,PARK TIME,AFTER CALL WORK TIME,TRANSFERS,ABANDONED\n".to_owned();
    let codes = [
        "Resolved",
        "Callback",
        "Wrong number",
        "Payment",
        "Complaint",
        "Order",
        "Return",
        "Invoice",
        "Other",
    ];
    for row in 0..ROWS {
        let at = moment(row, ROWS, DAYS).format("%a, %d %b %Y %H:%M:%S");
        let gone = draw(row, 1, 10) == 0;
        let agent = if gone { "[None]".to_owned() } else { format!("a{:02}@example.com", draw(row, 2, 12)) };
        let name = if gone { "[None]".to_owned() } else { format!("Agent {:02}", draw(row, 2, 12)) };
        let talk = if gone { 0 } else { seconds(row, 3, 200) };
        let (hold, acw) = if gone { (0, 0) } else { (draw(row, 4, 50), seconds(row, 5, 30)) };
        _ = writeln!(
            text,
            "{row},\"{at}\",Service,Inbound,{agent},{name},{},+1{row},800,{},{},00:00:20,{},{},{},00:00:00,{},{},{}",
            codes[draw(row, 6, 9) as usize],
            clock(talk + hold + acw + 40),
            clock(360),
            clock(draw(row, 7, 90)),
            clock(talk),
            clock(hold),
            clock(acw),
            u8::from(draw(row, 8, 15) == 0),
            u8::from(gone),
        );
    }
    text
}

/// NICE `CXone`: seconds, ISO dates in UTC, ids beside names.
pub(crate) fn cxone() -> String {
    let mut text = "contactId,masterContactId,contactStart,agentId,teamName,skillName,mediaTypeName,fromAddr,abandoned,inQueueSeconds,agentSeconds,holdSeconds,holdCount,ACWSeconds,releaseSeconds,totalDurationSeconds,primaryDispositionId,transferIndicatorName\n".to_owned();
    for row in 0..ROWS {
        let at = moment(row, ROWS, DAYS).format("%Y-%m-%dT%H:%M:%S.000Z");
        let gone = draw(row, 1, 14) == 0;
        let agent = if gone { String::new() } else { format!("{}", 7000 + draw(row, 2, 20)) };
        let talk = if gone { 0 } else { seconds(row, 3, 300) };
        _ = writeln!(
            text,
            "{row},{},{at},{agent},Team {},Service,{},+44{row},{},{},{talk},{},{},{},0,{},{},None",
            row / 2,
            draw(row, 2, 20) / 5,
            ["Call", "Chat"][draw(row, 4, 2) as usize],
            if gone { "True" } else { "False" },
            draw(row, 5, 80),
            draw(row, 6, 40),
            draw(row, 6, 2),
            seconds(row, 7, 30),
            talk + 100,
            ["101", "102", "103", "104"][draw(row, 8, 4) as usize],
        );
    }
    text
}

/// Talkdesk: headers that end in a question mark, two columns of agents, a score of satisfaction.
pub(crate) fn talkdesk() -> String {
    let mut text = "interaction_id,call_type,start_time,end_time,talkdesk_phone_number,customer_phone_number,talk_time,waiting_time,agent_speed_to_answer,holding_time,agent_name,disposition_code,transfer?,handling_agent,in_business_hours?,csat_score,team\n".to_owned();
    for row in 0..ROWS {
        let at = moment(row, ROWS, DAYS);
        let talk = seconds(row, 3, 260);
        let csat = if draw(row, 9, 4) == 0 { (1 + draw(row, 10, 5)).to_string() } else { String::new() };
        _ = writeln!(
            text,
            "i{row},inbound,{},{},+1800,+1{row},{talk},{},{},{},Agent {:02},{},{},Agent {:02},yes,{csat},Team {}",
            at.format("%Y-%m-%d %H:%M:%S"),
            (at + chrono::TimeDelta::seconds(i64::from(talk))).format("%Y-%m-%d %H:%M:%S"),
            draw(row, 4, 60),
            draw(row, 5, 30),
            draw(row, 6, 45),
            draw(row, 7, 16),
            ["Order", "Return", "Delivery late", "Account"][draw(row, 8, 4) as usize],
            ["false", "true"][usize::from(draw(row, 11, 8) == 0)],
            draw(row, 2, 16),
            draw(row, 2, 16) / 4,
        );
    }
    text
}

/// Amazon Connect: nested objects, one a line; some delivered twice.
pub(crate) fn connect() -> String {
    let mut text = String::new();
    for row in 0..ROWS {
        let at = moment(row, ROWS, DAYS).format("%Y-%m-%dT%H:%M:%SZ");
        let agent = format!(
            "{{\"Username\":\"agent{:02}\",\"AgentInteractionDuration\":{},\"CustomerHoldDuration\":{},\"LongestHoldDuration\":9,\"NumberOfHolds\":1,\"AfterContactWorkDuration\":{}}}",
            draw(row, 2, 15),
            seconds(row, 3, 280),
            draw(row, 4, 40),
            seconds(row, 5, 35),
        );
        let agent = if draw(row, 6, 11) == 0 { "null".to_owned() } else { agent };
        let line = format!(
            "{{\"ContactId\":\"c{row}\",\"InitialContactId\":null,\"Channel\":\"{}\",\"InitiationMethod\":\"INBOUND\",\"InitiationTimestamp\":\"{at}\",\"DisconnectTimestamp\":\"{at}\",\"Queue\":{{\"Name\":\"Service\",\"Duration\":12}},\"Agent\":{agent},\"Attributes\":{{\"reason\":\"{}\"}}}}\n",
            ["VOICE", "CHAT"][draw(row, 7, 2) as usize],
            ["Billing", "Outage", "Moving", "Contract"][draw(row, 8, 4) as usize],
        );
        text.push_str(&line);
        if row % 300 == 0 {
            text.push_str(&line);
        }
    }
    text
}

/// A German export: semicolons, decimal commas, day before month, lines before the header, Windows-1252, a total.
pub(crate) fn german() -> Vec<u8> {
    let mut text = "Auswertung Kundenservice\r\nErstellt am 10.08.2026\r\n\r\nVorgang;Datum;Uhrzeit;Mitarbeiter;Gruppe;Anrufgrund;Gesprächszeit;Nachbearbeitung;Gelöst;Zufriedenheit\r\n".to_owned();
    for row in 0..ROWS {
        let at = moment(row, ROWS, DAYS);
        _ = write!(
            text,
            "{row};{};{};MA{:02};Team {};{};{},5;{},25;{};{}\r\n",
            at.format("%d.%m.%Y"),
            at.format("%H:%M"),
            draw(row, 2, 18),
            draw(row, 2, 18) / 6,
            ["Rechnung", "Störung", "Kündigung", "Zählerstand"][draw(row, 3, 4) as usize],
            seconds(row, 4, 240),
            seconds(row, 5, 50),
            if draw(row, 6, 4) == 0 { "Nein" } else { "Ja" },
            1 + draw(row, 7, 5),
        );
    }
    text.push_str("Summe;;;;;;;;;\r\n");
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}
