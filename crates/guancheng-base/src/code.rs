//! The one table of stable error codes. Clients rely on the code, people read the message; a code is never renamed
//! or given another meaning. HTTP statuses follow from the class (`guancheng-api`).

/// What kind of answer an error is; decides the HTTP status and the exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// 400: the request is malformed.
    Malformed,
    /// 401: not logged in.
    Unauthenticated,
    /// 403: may see it, may not do it.
    Forbidden,
    /// 404: absent, or not to be known.
    Absent,
    /// 409: not possible in this state or at this sequence.
    Conflict,
    /// 413: over a named limit of size.
    TooLarge,
    /// 415: a media type that is not taken.
    Unsupported,
    /// 422: understood, but the rules refuse.
    Refused,
    /// 429: over a named rate.
    TooMany,
    /// 500: our fault.
    Internal,
    /// 503: try again later.
    Unavailable,
}

macro_rules! codes {
    ($($variant:ident, $code:literal, $class:ident, $doc:literal;)*) => {
        /// A stable error code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum ErrorCode { $(#[doc = $doc] $variant,)* }

        impl ErrorCode {
            /// Every code, in the order of the table.
            pub const ALL: &'static [ErrorCode] = &[$(ErrorCode::$variant,)*];
            /// The code on the wire.
            pub fn as_str(self) -> &'static str { match self { $(ErrorCode::$variant => $code,)* } }
            /// The class, from which the statuses follow.
            pub fn class(self) -> Class { match self { $(ErrorCode::$variant => Class::$class,)* } }
            /// What it means, one sentence.
            pub fn meaning(self) -> &'static str { match self { $(ErrorCode::$variant => $doc,)* } }
        }
    };
}

codes! {
    BadRequest, "bad_request", Malformed, "The request cannot be read; the message says where.";
    BadCursor, "bad_cursor", Malformed, "The page cursor was not made by this server.";
    BadFilter, "bad_filter", Malformed, "A filter or a sort key is unknown or has an impossible value.";
    IdempotencyKeyMissing, "idempotency_key_missing", Malformed, "Every POST needs an Idempotency-Key header.";
    NotLoggedIn, "not_logged_in", Unauthenticated, "Log in, or send an API token.";
    WrongLogin, "wrong_login", Unauthenticated, "Log-in name and password do not belong together.";
    CsrfMissing, "csrf_missing", Forbidden, "A cookie session must send its X-CSRF-Token with every change.";
    NotAllowed, "not_allowed", Forbidden, "You may see this, but your grants do not allow that act.";
    NotByYou, "not_by_you", Forbidden, "The rule keeps this act from whoever did the earlier one, or is complained of.";
    NotFound, "not_found", Absent, "There is nothing here that you may see.";
    MoveNotPossible, "move_not_possible", Conflict, "The state does not allow this move; the answer lists what is possible.";
    SeqConflict, "seq_conflict", Conflict, "Someone else changed it since you read it; read it again.";
    IdempotencyKeyReused, "idempotency_key_reused", Conflict, "The same Idempotency-Key came with another request.";
    AlreadyRuled, "already_ruled", Conflict, "The question has been ruled on.";
    AlreadyAsked, "already_asked", Conflict, "The same question is waiting for its approver.";
    CaseClosed, "case_closed", Conflict, "The case has ended.";
    WindowPassed, "window_passed", Conflict, "The time within which this could be done has passed.";
    LimitReached, "limit_reached", Conflict, "This can be done only so often; the answer says what to do instead.";
    BodyTooLarge, "body_too_large", TooLarge, "The body is over the named limit.";
    MediaType, "media_type", Unsupported, "The file's content is not of a type that is taken.";
    FieldMissing, "field_missing", Refused, "Required fields are missing.";
    FieldInvalid, "field_invalid", Refused, "A field's value is not of its declared kind.";
    EvidenceMissing, "evidence_missing", Refused, "The rule asks for evidence that is not there.";
    CheckFailed, "check_failed", Refused, "A declared check refuses.";
    ConditionFalse, "condition_false", Refused, "The move is for other cases; its condition does not hold.";
    ExtensionRefused, "extension_refused", Refused, "The clock cannot be extended like this.";
    PauseRefused, "pause_refused", Refused, "The clock cannot be paused or resumed like this.";
    CalendarNotLoaded, "calendar_not_loaded", Refused, "The calendar is not loaded for that year; it never guesses.";
    PlaceUnknown, "place_unknown", Refused, "The position is in no area of this city.";
    RateLimited, "rate_limited", TooMany, "Too many requests of this kind; Retry-After says when.";
    Internal, "internal", Internal, "The server failed; the incident number is in the log.";
    DiskFull, "disk_full", Unavailable, "The disk is full; nothing was recorded.";
    Busy, "busy", Unavailable, "The writer's queue is full; try again.";
}

impl std::fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}
