//! A drawn centre holds what was planted, and the same seed draws the same bytes.

use std::collections::BTreeMap;
use std::path::Path;

use gapwise::simulate::{self, Adds, Centre, Group, Measure, Measured, Policy, Programme, Scenario, Tables};

/// Every file below a folder with its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for name in [
        "data/contacts.csv",
        "data/roster.csv",
        "data/evaluations.csv",
        "data/coaching.csv",
        "gapwise.toml",
        "rules/client.toml",
    ] {
        found.insert(name.to_owned(), std::fs::read(folder.join(name)).unwrap());
    }
    found
}

fn small(seed: u64) -> Scenario {
    Scenario { seed, agents: 10, weeks: 6, ..simulate::demo() }
}

fn written(scenario: &Scenario) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    simulate::write(scenario, folder.path()).unwrap();
    files(folder.path())
}

fn mean(values: impl Iterator<Item = bool>) -> (f64, f64) {
    let (n, k) = values.fold((0.0, 0.0), |(n, k), yes| (n + 1.0, k + f64::from(u8::from(yes))));
    (n, k / n)
}

#[test]
fn the_same_seed_writes_the_same_bytes_and_another_does_not() {
    assert_eq!(written(&small(1)), written(&small(1)));
    assert_ne!(written(&small(1))["data/contacts.csv"], written(&small(2))["data/contacts.csv"]);
}

#[test]
fn the_demo_is_of_the_promised_size() {
    let tables = simulate::tables(&simulate::demo()).unwrap();
    assert_eq!((tables.agents.len(), tables.teams.len(), tables.contact_types.len()), (60, 5, 8));
    assert_eq!(tables.agents[16], "A017");
    assert!((180_000..200_000).contains(&tables.contacts.len()), "{}", tables.contacts.len());
    let (first, last) = (tables.contacts.at[0].date(), tables.contacts.at.last().unwrap().date());
    assert_eq!((first.to_string().as_str(), last.to_string().as_str()), ("2026-05-18", "2026-11-15"));
}

#[test]
fn contact_types_resolve_at_their_planted_levels() {
    let demo = simulate::demo();
    let tables = simulate::tables(&demo).unwrap();
    let contacts = &tables.contacts;
    for (index, planted) in demo.types.iter().enumerate() {
        let own = (0..contacts.len()).filter(|&row| contacts.contact_type[row] as usize == index);
        let (n, level) = mean(own.map(|row| contacts.resolved[row]));
        let error =
            (planted.fcr.unwrap() * (1.0 - planted.fcr.unwrap()) / n + demo.fcr.spread.powi(2) / 60.0).sqrt();
        assert!((level - planted.fcr.unwrap()).abs() < 4.0 * error, "{}: {level} ± {error}", planted.name);
        assert!((n / contacts.len() as f64 - planted.share).abs() < 0.005, "{}: {n}", planted.name);
    }
}

#[test]
fn nobody_resolves_the_blocked_type_and_agents_differ_in_the_habit() {
    let demo = simulate::demo();
    let tables = simulate::tables(&demo).unwrap();
    let refund = demo.types.iter().position(|t| t.blocked).unwrap();
    let resolved = by_agent(&tables, |row| {
        (tables.contacts.contact_type[row] as usize == refund)
            .then(|| (tables.contacts.agent[row], tables.contacts.resolved[row]))
    });
    assert!(true_spread(&resolved) < 0.01, "{}", true_spread(&resolved));
    let evaluations = &tables.evaluations;
    let mut confirmed: BTreeMap<u32, Vec<bool>> = BTreeMap::new();
    for row in 0..evaluations.len() {
        confirmed.entry(evaluations.agent[row]).or_default().push(evaluations.confirms_next_step[row]);
    }
    assert!((true_spread(&confirmed) - 0.10).abs() < 0.025, "{}", true_spread(&confirmed));
}

fn by_agent(tables: &Tables, pick: impl Fn(usize) -> Option<(u32, bool)>) -> BTreeMap<u32, Vec<bool>> {
    let mut grouped: BTreeMap<u32, Vec<bool>> = BTreeMap::new();
    for (agent, yes) in (0..tables.contacts.len()).filter_map(pick) {
        grouped.entry(agent).or_default().push(yes);
    }
    grouped
}

/// Standard deviation between agents with what luck adds taken out.
fn true_spread(grouped: &BTreeMap<u32, Vec<bool>>) -> f64 {
    let levels: Vec<(f64, f64)> = grouped.values().map(|values| mean(values.iter().copied())).collect();
    let agents = levels.len() as f64;
    let centre = levels.iter().map(|(_, p)| p).sum::<f64>() / agents;
    let seen = levels.iter().map(|(_, p)| (p - centre).powi(2)).sum::<f64>() / (agents - 1.0);
    let luck = levels.iter().map(|(n, p)| p * (1.0 - p) / (n - 1.0)).sum::<f64>() / agents;
    (seen - luck).max(0.0).sqrt()
}

/// Mean change from the week before an agent's first held session to the eight weeks after it.
fn before_and_after(scenario: &Scenario) -> f64 {
    let tables = simulate::tables(scenario).unwrap();
    let mut first: BTreeMap<u32, i64> = BTreeMap::new();
    for row in 0..tables.sessions.len() {
        let week = (tables.sessions.date[row] - scenario.monday(1)).num_days().div_euclid(7);
        if tables.sessions.held[row] && week >= 1 && tables.sessions.focus[row] == "Resolution" {
            first.entry(tables.sessions.agent[row]).or_insert(week);
        }
    }
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for row in 0..tables.contacts.len() {
        let Some(coached) = first.get(&tables.contacts.agent[row]) else { continue };
        let week = (tables.contacts.at[row].date() - scenario.monday(1)).num_days().div_euclid(7);
        match week - coached {
            -1 => before.push(tables.contacts.resolved[row]),
            1..=8 => after.push(tables.contacts.resolved[row]),
            _ => {}
        }
    }
    mean(after.into_iter()).1 - mean(before.into_iter()).1
}

#[test]
fn coaching_after_bad_weeks_looks_as_if_it_worked_and_scheduled_coaching_does_not() {
    let mut demo = simulate::demo();
    let naive = before_and_after(&demo);
    assert!((0.03..0.07).contains(&naive), "{naive}");
    let resolution = demo.coaching.iter_mut().find(|p| p.focus == "Resolution").unwrap();
    resolution.policy = Policy::Scheduled;
    let scheduled = before_and_after(&demo);
    assert!(scheduled.abs() < 0.02, "{scheduled}");
}

#[test]
fn without_noise_every_count_is_as_planted() {
    let centre = Centre::parse(
        "agents = 5\nteams = 1\nweeks = 4\ncontacts = 20\ntypes = { Billing = 0.5, Refund = 0.5 }\n\
         level = 0.8\nstructural = { Refund = 0.4 }\nhandle = { level = 300, cv = 0.5 }\nnoise = false",
    )
    .unwrap();
    let tables = centre.tables().unwrap();
    for agent in 0..5 {
        for (index, resolved) in [(0, 32), (1, 16)] {
            let rows: Vec<usize> = (0..tables.contacts.len())
                .filter(|&row| {
                    tables.contacts.agent[row] == agent && tables.contacts.contact_type[row] == index
                })
                .collect();
            assert_eq!(rows.len(), 40);
            assert_eq!(rows.iter().filter(|&&row| tables.contacts.resolved[row]).count(), resolved);
            assert_eq!(rows.iter().map(|&row| tables.contacts.handle_s[row]).sum::<u32>(), 40 * 300);
        }
    }
}

#[test]
fn without_noise_agents_lie_evenly_over_the_planted_spread() {
    let centre = Centre::parse(
        "agents = 11\nweeks = 10\ncontacts = 1000\ntypes = { All = 1.0 }\nlevel = 0.7\nspread = 0.05\nnoise = false",
    )
    .unwrap();
    let tables = centre.tables().unwrap();
    let grouped = by_agent(&tables, |row| Some((tables.contacts.agent[row], tables.contacts.resolved[row])));
    let levels: Vec<f64> = grouped.values().map(|values| mean(values.iter().copied()).1).collect();
    let sd = (levels.iter().map(|p| (p - 0.7).powi(2)).sum::<f64>() / 10.0).sqrt();
    assert!((sd - 0.05).abs() < 2e-4, "{sd}");
    assert!((levels[1] - levels[0] - (levels[10] - levels[9])).abs() < 3e-4);
}

#[test]
fn without_noise_coaching_adds_exactly_its_effect_from_the_next_week_on() {
    let centre = Centre::parse(
        "agents = 4\nteams = 1\nweeks = 6\ncontacts = 100\ntypes = { All = 1.0 }\nlevel = 0.7\nnoise = false\n\
         coaching = { policy = \"scheduled\", from = 3, to = 3, per-week = 1, effect = 0.1 }",
    )
    .unwrap();
    let tables = centre.tables().unwrap();
    assert_eq!(tables.sessions.len(), 1);
    let coached = tables.sessions.agent[0];
    let monday = centre.scenario().unwrap().monday(1);
    let count = |agent: u32, week: i64| {
        let rows = (0..tables.contacts.len()).filter(|&row| tables.contacts.agent[row] == agent);
        let of_week =
            rows.filter(|&row| (tables.contacts.at[row].date() - monday).num_days() / 7 == week - 1);
        of_week.filter(|&row| tables.contacts.resolved[row]).count()
    };
    let weeks: Vec<usize> = (1..=6).map(|week| count(coached, week)).collect();
    assert_eq!(weeks, [70, 70, 70, 80, 80, 80]);
    assert_eq!(count((coached + 1) % 4, 6), 70);
}

#[test]
fn written_tables_read_back_as_drawn() {
    let scenario = small(3);
    let tables = simulate::tables(&scenario).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let written = simulate::write(&scenario, folder.path()).unwrap();
    assert_eq!(written.contacts, tables.contacts.len());
    let mut reader = csv::Reader::from_path(folder.path().join("data/contacts.csv")).unwrap();
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(
        header.join(","),
        "contact_id,started_at,agent_id,team,site,channel,reason,handle_s,hold_s,escalated,resolved"
    );
    for (row, record) in reader.records().enumerate() {
        let record = record.unwrap();
        let agent = tables.contacts.agent[row];
        assert_eq!(record[1], tables.contacts.at[row].to_string());
        assert_eq!(record[2], tables.agents[agent as usize]);
        assert_eq!(&record[3], tables.team(agent));
        assert_eq!(record[7], tables.contacts.handle_s[row].to_string());
        assert_eq!(&record[10], if tables.contacts.resolved[row] { "Y" } else { "N" });
    }
    for name in ["evaluations", "coaching", "roster"] {
        let path = folder.path().join(format!("data/{name}.csv"));
        let rows = csv::Reader::from_path(path).unwrap().into_records().map(Result::unwrap).count();
        let drawn = [("evaluations", written.evaluations), ("coaching", written.sessions), ("roster", 10)];
        assert!(drawn.contains(&(name, rows)), "{name}: {rows}");
    }
}

#[test]
fn a_workspace_already_there_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("gapwise.toml"), "client = \"Real\"").unwrap();
    let error = simulate::write(&small(1), folder.path()).unwrap_err().to_string();
    assert!(error.ends_with("exists already, choose another folder"), "{error}");
    assert_eq!(std::fs::read(folder.path().join("gapwise.toml")).unwrap(), b"client = \"Real\"");
    assert!(!folder.path().join("data").exists());
}

#[test]
fn a_scenario_survives_being_written_as_toml() {
    let demo = simulate::demo();
    let text = toml::to_string(&demo).unwrap();
    assert_eq!(Scenario::parse(&text).unwrap(), demo, "{text}");
}

#[test]
fn the_example_scenario_is_drawn() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/scenario.toml");
    let text = std::fs::read_to_string(path).unwrap();
    let scenario = Scenario::parse(&text).unwrap();
    let tables = simulate::tables(&scenario).unwrap();
    assert_eq!(tables.agents.len(), 24);
    assert!(!tables.sessions.is_empty() && !tables.evaluations.is_empty());
}

#[test]
fn contacts_nobody_can_trace_are_blank_and_change_nothing_else() {
    let (plain, blank) = (small(1), Scenario { untraced: 0.2, ..small(1) });
    let (plain, blank) = (simulate::tables(&plain).unwrap(), simulate::tables(&blank).unwrap());
    let (n, share) = mean(blank.contacts.traced.iter().copied());
    assert!((share - 0.8).abs() < 4.0 * (0.16 / n).sqrt(), "{share} of {n}");
    assert_eq!(plain.contacts.resolved, blank.contacts.resolved);
    assert_eq!((&plain.sessions, &plain.evaluations), (&blank.sessions, &blank.evaluations));
    let files = written(&Scenario { untraced: 1.0, ..small(1) });
    let contacts = String::from_utf8(files["data/contacts.csv"].clone()).unwrap();
    let resolved = contacts.lines().next().unwrap().split(',').position(|name| name == "resolved").unwrap();
    assert!(contacts.lines().skip(1).all(|row| row.split(',').nth(resolved) == Some("")));
}

#[test]
fn a_spell_moves_every_metric_its_focus_is_meant_to_move() {
    let mut scenario = Scenario { weeks: 8, evaluations: 4, noise: false, ..Scenario::default() };
    scenario.qa.level = Some(80.0);
    scenario.score_sd = 0.0;
    let also = Adds::from([("qa".to_owned(), 5.0)]);
    let everyone =
        Programme { policy: Policy::Weekly, from: 4, to: 4, ..Programme::none("Resolution", Measured::Fcr) };
    scenario.coaching = vec![Programme { also, ..everyone }];
    let tables = simulate::tables(&scenario).unwrap();
    let turn = scenario.monday(5);
    for (at, score) in tables.evaluations.at.iter().zip(&tables.evaluations.score) {
        assert_eq!(*score, if at.date() < turn { 80 } else { 85 }, "{at}");
    }
    let folder = tempfile::tempdir().unwrap();
    simulate::write(&scenario, folder.path()).unwrap();
    let workspace = std::fs::read_to_string(folder.path().join("gapwise.toml")).unwrap();
    assert!(workspace.contains("moves.resolution = [\"fcr\", \"qa\"]"), "{workspace}");
}

#[test]
fn tables_alone_leave_the_workspace_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("gapwise.toml"), "client = \"Mine\"").unwrap();
    let written = simulate::write_data(&small(1), folder.path()).unwrap();
    assert!(written.files.iter().all(|file| file.starts_with("data")), "{:?}", written.files);
    let own = std::fs::read_to_string(folder.path().join("gapwise.toml")).unwrap();
    assert_eq!(own, "client = \"Mine\"");
}

#[test]
fn what_cannot_be_drawn_is_refused_with_the_way_out() {
    let refused = |change: fn(&mut Scenario)| {
        let mut scenario = small(1);
        change(&mut scenario);
        simulate::tables(&scenario).unwrap_err().to_string()
    };
    assert_eq!(refused(|s| s.types[0].share = 0.5), "the shares of `type` must add up to 1");
    assert_eq!(refused(|s| s.teams = 11), "`teams` must be between 1 and `agents`");
    assert_eq!(refused(|s| s.end = s.end.pred_opt().unwrap()), "`end` is 2026-11-14, it must be a Sunday");
    assert_eq!(
        refused(|s| s.types[0].fcr = Some(1.2)),
        "`fcr` of `Billing question` is 1.2, it must lie between 0 and 1"
    );
    assert_eq!(refused(|s| s.absent = f64::NAN), "`absent` is NaN, it must lie between 0 and 1");
    assert_eq!(
        refused(|s| _ = s.coaching[1].also.insert("fcr".to_owned(), 0.1)),
        "`also` of `Resolution` names `fcr`, which it moves: set `effect`"
    );
    assert!(refused(|s| s.coaching[1].minutes = u32::MAX).contains("is more than a day"));
    assert_eq!(
        refused(|s| s.groups = vec![group("trained", None)]),
        "`share` of the group `trained` must be given: the share of agents in it"
    );
    assert_eq!(
        refused(|s| s.groups = vec![group("site", None)]),
        "`value` of the group is `no`, no agent's `site`"
    );
    assert_eq!(
        refused(|s| s.newcomers.adds = Adds::from([("aths".to_owned(), 1.0)])),
        "`aths` of `newcomers` is no metric; did you mean `aht`?"
    );
    assert_eq!(
        refused(|s| _ = s.measures.insert("refusals".to_owned(), Measure::default())),
        "`level` of `refusals` must be given"
    );
    assert_eq!(
        refused(|s| s.fcr.week_correlation = 1.0),
        "`week-correlation` of `fcr` is 1, it must be at least 0 and below 1"
    );
    assert!(refused(|s| s.noise = false).contains("leave it out with `noise = false`"));
    let unknown = Centre::parse("types = { A = 1.0 }\nlevels = { B = 0.5 }").unwrap_err().to_string();
    assert_eq!(unknown, "`B` is not one of `types`: A");
    assert!(Centre::parse("types = { A = 1.0 }\nspred = 0.1").unwrap_err().to_string().contains("spred"));
}

fn group(attribute: &str, share: Option<f64>) -> Group {
    let adds = Adds::from([("fcr".to_owned(), -0.1)]);
    Group {
        attribute: attribute.to_owned(),
        value: "no".to_owned(),
        others: "yes".to_owned(),
        share,
        adds,
        spread: Adds::new(),
        types: Vec::new(),
        from: None,
        until: None,
    }
}

#[test]
fn members_of_a_group_differ_where_a_spread_is_planted_and_only_there() {
    let text = r#"
noise = false
weeks = 4
agents = 20
sites = ["Leeds", "Cork"]
type = [{ name = "Claim", share = 0.5, fcr = 0.6 }, { name = "Status", share = 0.5, fcr = 0.6 }]
[[group]]
attribute = "site"
value = "Leeds"
types = ["Claim"]
spread = { fcr = 0.15 }
"#;
    let levels = resolution(text, |tables, row| {
        let agent = tables.contacts.agent[row] as usize;
        let leeds = tables.site_of[tables.team_of[agent] as usize] == "Leeds";
        Some((leeds, tables.contacts.contact_type[row], agent))
    });
    for leeds in [true, false] {
        for kind in [0, 1] {
            let own: Vec<f64> = levels
                .iter()
                .filter(|((at, of, _), _)| (*at, *of) == (leeds, kind))
                .map(|(_, x)| *x)
                .collect();
            let low = own.iter().copied().fold(f64::INFINITY, f64::min);
            let range = own.iter().copied().fold(0.0, f64::max) - low;
            assert_eq!(range > 0.3, leeds && kind == 0, "{leeds} {kind}: {own:?}");
            assert_eq!(range < 0.05, !(leeds && kind == 0), "{leeds} {kind}: {own:?}");
        }
    }
}

/// Resolution of a scenario without luck, by what `pick` says of a contact's row.
fn resolution<K: Ord>(text: &str, pick: impl Fn(&Tables, usize) -> Option<K>) -> BTreeMap<K, f64> {
    let tables = simulate::tables(&Scenario::parse(text).unwrap()).unwrap();
    let mut grouped: BTreeMap<K, Vec<bool>> = BTreeMap::new();
    for row in 0..tables.contacts.len() {
        if let Some(key) = pick(&tables, row) {
            grouped.entry(key).or_default().push(tables.contacts.resolved[row]);
        }
    }
    grouped.into_iter().map(|(key, values)| (key, mean(values.into_iter()).1)).collect()
}

const EXACT: &str = "noise = false\nagents = 10\nteams = 2\nweeks = 10\ncontacts = { low = 200, high = 200 }\n\
                     type = [{ name = \"All\", share = 1.0 }]\nfcr = { level = 0.6, team-spread = 0.1 }\n";

#[test]
fn without_noise_teams_lie_as_far_apart_as_planted() {
    let teams = resolution(EXACT, |tables, row| Some(tables.team(tables.contacts.agent[row]).to_owned()));
    let levels: Vec<f64> = teams.into_values().collect();
    assert!((levels[1] - levels[0] - 0.1 * 2_f64.sqrt()).abs() < 2e-3, "{levels:?}");
}

#[test]
fn without_noise_a_group_loses_what_is_planted_until_it_is_removed() {
    let text = EXACT.replace(", team-spread = 0.1", "")
        + "[[group]]\nattribute = \"access-profile\"\nvalue = \"Read only\"\nshare = 0.3\n\
           adds = { fcr = -0.2 }\nuntil = 2026-10-12\n";
    let late =
        |at: chrono::NaiveDateTime| at.date() >= chrono::NaiveDate::from_ymd_opt(2026, 10, 12).unwrap();
    let found = resolution(&text, |tables, row| {
        let agent = tables.contacts.agent[row] as usize;
        Some((tables.attributes["access-profile"][agent].clone(), late(tables.contacts.at[row])))
    });
    for ((profile, late), level) in &found {
        let planted = if profile == "Read only" && !late { 0.4 } else { 0.6 };
        assert!((level - planted).abs() < 2e-3, "{profile} {late}: {level}");
    }
    assert_eq!(found.len(), 4);
}

#[test]
fn without_noise_a_change_opens_a_blocked_type_on_its_day() {
    let text = "noise = false\nagents = 10\nteams = 2\nweeks = 10\ncontacts = { low = 200, high = 200 }\n\
                type = [{ name = \"All\", share = 1.0, fcr = 0.4, blocked = true }]\nfcr = { spread = 0.1 }\n\
                [[change]]\non = 2026-10-12\nwhat = \"x\"\nadds = { fcr = 0.2 }\nunblocks = true\n";
    let late =
        |at: chrono::NaiveDateTime| at.date() >= chrono::NaiveDate::from_ymd_opt(2026, 10, 12).unwrap();
    let found =
        resolution(text, |tables, row| Some((late(tables.contacts.at[row]), tables.contacts.agent[row])));
    let levels = |after: bool| -> Vec<f64> {
        found.iter().filter(|(key, _)| key.0 == after).map(|(_, level)| *level).collect()
    };
    let spread = |levels: &[f64]| levels[9] - levels[0];
    assert!(spread(&levels(false)).abs() < 2e-3, "{found:?}");
    assert!(spread(&levels(true)) > 0.25, "{found:?}");
    assert!((levels(true).iter().sum::<f64>() / 10.0 - 0.6).abs() < 2e-3, "{found:?}");
}

#[test]
fn newcomers_start_when_the_roster_says_and_learn() {
    let text = EXACT.replace(", team-spread = 0.1", "")
        + "[newcomers]\nshare = 0.5\nadds = { fcr = -0.4 }\nhalf-life = 2\n";
    let scenario = Scenario::parse(&text).unwrap();
    let tables = simulate::tables(&scenario).unwrap();
    let new: Vec<usize> = (0..10).filter(|agent| tables.hired_on[*agent] > scenario.monday(-20)).collect();
    assert_eq!(new.len(), 5);
    for agent in new {
        let mut own = (0..tables.contacts.len()).filter(|row| tables.contacts.agent[*row] as usize == agent);
        assert!(own.all(|row| tables.contacts.at[row].date() >= tables.hired_on[agent]));
    }
}

#[test]
fn hard_contacts_are_routed_to_the_best() {
    let text = "agents = 20\nweeks = 6\nrouting = 1.0\nfcr = { spread = 0.05 }\n\
                type = [{ name = \"Easy\", share = 0.5, fcr = 0.9 }, { name = \"Hard\", share = 0.5, fcr = 0.5 }]";
    let tables = simulate::tables(&Scenario::parse(text).unwrap()).unwrap();
    let contacts = &tables.contacts;
    let mut agents = vec![(0.0, 0.0, 0.0, 0.0); 20];
    for row in 0..contacts.len() {
        let agent = &mut agents[contacts.agent[row] as usize];
        let resolved = f64::from(u8::from(contacts.resolved[row]));
        if contacts.contact_type[row] == 1 {
            *agent = (agent.0 + 1.0, agent.1 + resolved, agent.2, agent.3);
        } else {
            *agent = (agent.0, agent.1, agent.2 + 1.0, agent.3 + resolved);
        }
    }
    // Share of hard contacts against resolution in the easy ones.
    let pairs: Vec<(f64, f64)> = agents.iter().map(|a| (a.0 / (a.0 + a.2), a.3 / a.2)).collect();
    let mid = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / 20.0;
    let (x, y) = (mid(|p| p.0), mid(|p| p.1));
    let covariance: f64 = pairs.iter().map(|p| (p.0 - x) * (p.1 - y)).sum();
    assert!(covariance > 0.0, "{pairs:?}");
}

#[test]
fn everybody_weekly_means_everybody_every_week() {
    let text = "agents = 6\nteams = 2\nweeks = 5\n[[coaching]]\nfocus = \"Resolution\"\nmoves = \"fcr\"\n\
                policy = \"weekly\"\nfrom = 2\n";
    let tables = simulate::tables(&Scenario::parse(text).unwrap()).unwrap();
    assert_eq!(tables.sessions.len(), 6 * 4);
}

#[test]
fn busy_weeks_cost_sessions() {
    let text = "agents = 30\nweeks = 40\nload = { swing = 0.3, cancels = 0.3 }\ncontacts = { low = 20, high = 20 }\n\
                [[coaching]]\nfocus = \"Resolution\"\nmoves = \"fcr\"\npolicy = \"weekly\"\nfrom = 1\n";
    let scenario = Scenario::parse(text).unwrap();
    let tables = simulate::tables(&scenario).unwrap();
    let week = |day: chrono::NaiveDate| (day - scenario.monday(1)).num_days() / 7;
    let mut volume: BTreeMap<i64, f64> = BTreeMap::new();
    tables.contacts.at.iter().for_each(|at| *volume.entry(week(at.date())).or_default() += 1.0);
    let usual = 30.0 * 20.0;
    let busy = |row: &usize| volume[&week(tables.sessions.date[*row])] > usual;
    let held = |busy_weeks: bool| {
        mean(
            (0..tables.sessions.len())
                .filter(|row| busy(row) == busy_weeks)
                .map(|row| tables.sessions.held[row]),
        )
        .1
    };
    assert!(held(false) > 0.97 && held(true) < 0.85, "{} {}", held(false), held(true));
}

#[test]
fn the_smallest_centre_is_drawn() {
    let centre =
        Centre::parse("agents = 1\nteams = 1\nweeks = 1\ncontacts = 1\ntypes = { A = 1.0 }").unwrap();
    assert_eq!(centre.tables().unwrap().contacts.len(), 1);
}

#[test]
fn a_compact_centre_is_a_workspace_too() {
    let centre = Centre::parse(
        "types = { Billing = 0.5, Refund = 0.5 }\ntarget = 0.75\nhandle = { level = 300, target = 320 }\n\
         coaching = { policy = \"bad-weeks\" }",
    )
    .unwrap();
    let folder = tempfile::tempdir().unwrap();
    simulate::write_centre(&centre, folder.path()).unwrap();
    let text = std::fs::read_to_string(folder.path().join("gapwise.toml")).unwrap();
    let parsed: toml::Table = text.parse().unwrap();
    assert_eq!(parsed["metrics"]["m"]["target"].as_float(), Some(0.75));
    assert_eq!(parsed["metrics"]["handle"]["unit"].as_str(), Some("s"));
    assert_eq!(parsed["sources"]["coaching"]["values"]["focus"]["m"][0].as_str(), Some("m"));
}
