//! The real binary, as its users meet it: what it prints, how it ends, what it keeps through a kill.

mod calendar;
mod folder;
mod help;
mod http;
mod import;
mod keep;
mod kill;
mod life;
mod pack;
mod packs;
mod people;
mod picture;
mod play;
mod score;
mod server;
mod settings;
mod staff;
mod whatif;
