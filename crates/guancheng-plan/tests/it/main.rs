//! Plan documents in layouts that the rules were not written for, measured, and the published plan beside the checkout.

mod fixtures;
mod generator;
mod hostile;
mod layouts;
mod published;
mod score;
