//! Reading what the client has: files, profiles, mapping, rejects.
