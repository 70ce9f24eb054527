//! The API as a client sees it.

mod openapi;
