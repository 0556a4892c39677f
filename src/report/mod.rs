//! From judgement to pages: the contract, audience, locale, templates.
