//! The job: one workspace, from plan to publication.
