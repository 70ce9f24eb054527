//! The OpenAPI 3.1 document: paths from the handlers, and by rule what every operation has in common, so that no
//! handler can forget it: the problems it may answer, the `Idempotency-Key` of every POST, which properties are always
//! there.

use std::collections::BTreeSet;

use utoipa::{
    OpenApi,
    openapi::{
        Content, HeaderBuilder, HttpMethod, ObjectBuilder, OpenApi as Document, Ref, RefOr, Required, Response,
        ResponseBuilder, Type,
        path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem},
        schema::Schema,
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use crate::problem::ProblemBody;

/// What stands at the head of the document.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Guancheng API",
        version = "1",
        description = "Cases of a city: reported, filed, dispatched, handled, verified by someone else, closed, audited. \
            Errors are RFC 9457 problems with stable codes. What you may not see answers 404. Every POST needs an \
            Idempotency-Key; a cookie session must send X-CSRF-Token (from GET /session) with every change.",
        license(name = "Apache-2.0 OR MulanPSL-2.0")
    ),
    tags(
        (name = "session", description = "Log-in, log-out, API tokens"),
        (name = "pack", description = "What the city declares"),
        (name = "places", description = "Areas and positions"),
        (name = "cases", description = "Cases: lists, figures, one case"),
        (name = "moves", description = "What changes a case"),
        (name = "measures", description = "Indicators, scorecards, boards, and the cases behind every number"),
        (name = "files", description = "Photos and documents"),
        (name = "public", description = "Without a log-in"),
        (name = "events", description = "What just changed"),
        (name = "operation", description = "How the server is, and the audit")
    ),
    components(schemas(ProblemBody)),
    security(("session" = []), ("token" = []))
)]
pub struct Head;

/// (status, when) of the problems that every operation may answer.
const ALWAYS: &[(u16, &str)] = &[
    (400, "Malformed; the detail says where"),
    (429, "Over a named rate; Retry-After says when to try again"),
    (500, "The server failed; `incident` is in its log"),
    (503, "Disk full or too busy; nothing was recorded"),
];
const NEEDS_LOGIN: &[(u16, &str)] = &[
    (401, "Not logged in, or log-in and password do not belong together"),
    (403, "Logged in, but not allowed, or the CSRF token is missing"),
];
const NAMES_SOMETHING: &[(u16, &str)] = &[(404, "Nothing here that you may see")];
const CHANGES: &[(u16, &str)] =
    &[(409, "Not possible in this state or at this sequence"), (422, "Understood, but the rules refuse")];
const HAS_BODY: &[(u16, &str)] = &[(413, "Over a named limit of size"), (415, "Not a media type that is taken")];

/// Operations whose POST needs no `Idempotency-Key`: repeating a log-in is harmless.
pub const NO_KEY: &[&str] = &["log_in", "log_in_demo"];

/// Operations that name nothing in their path and may still find nothing: the newest plan in force, an office by query.
const MAY_BE_ABSENT: &[&str] = &["list_promises", "list_posts"];

/// Completes the document by rule.
pub fn finish(mut document: Document) -> Document {
    let mut inputs = BTreeSet::new();
    for item in document.paths.paths.values_mut() {
        for (method, operation) in operations(item) {
            add_problems(&method, operation);
            add_key(&method, operation);
            collect_inputs(operation, &mut inputs);
        }
    }
    add_components(&mut document);
    require_outputs(&mut document, &inputs);
    document
}

/// The operations of a path with their methods.
pub fn operations(item: &mut PathItem) -> Vec<(HttpMethod, &mut Operation)> {
    let all = [
        (HttpMethod::Get, &mut item.get),
        (HttpMethod::Post, &mut item.post),
        (HttpMethod::Put, &mut item.put),
        (HttpMethod::Delete, &mut item.delete),
    ];
    all.into_iter().filter_map(|(method, operation)| Some((method, operation.as_mut()?))).collect()
}

fn add_problems(method: &HttpMethod, operation: &mut Operation) {
    let public =
        operation.security.as_ref().is_some_and(|schemes| schemes.iter().any(|one| *one == Default::default()));
    let named = operation.parameters.iter().flatten().any(is_in_path);
    let changes = !matches!(method, HttpMethod::Get);
    let groups = [
        (true, ALWAYS),
        (!public, NEEDS_LOGIN),
        (named || changes, NAMES_SOMETHING),
        (changes, CHANGES),
        (operation.request_body.is_some(), HAS_BODY),
    ];
    for (status, _) in groups.into_iter().filter(|(applies, _)| *applies).flat_map(|(_, group)| group) {
        operation.responses.responses.insert(status.to_string(), problem_ref(*status));
    }
    if operation.operation_id.as_deref().is_some_and(|id| MAY_BE_ABSENT.contains(&id)) {
        operation.responses.responses.insert("404".to_owned(), problem_ref(404));
    }
    if operation.operation_id.as_deref().is_some_and(|id| id.starts_with("log_in")) {
        operation.responses.responses.insert("401".to_owned(), problem_ref(401));
    }
}

fn is_in_path(parameter: &RefOr<Parameter>) -> bool {
    matches!(parameter, RefOr::T(parameter) if parameter.parameter_in == ParameterIn::Path)
}

fn problem_ref(status: u16) -> RefOr<Response> {
    RefOr::Ref(Ref::from_response_name(format!("Problem{status}")))
}

fn problem_response(status: u16, when: &str) -> Response {
    let content = Content::new(Some(Ref::from_schema_name("Problem")));
    let response = ResponseBuilder::new().description(when).content("application/problem+json", content);
    match status {
        429 => {
            let seconds = ObjectBuilder::new().schema_type(Type::Integer);
            let header = HeaderBuilder::new().schema(Some(seconds)).description(Some("Seconds to wait")).build();
            response.header("Retry-After", header).build()
        }
        _ => response.build(),
    }
}

fn add_key(method: &HttpMethod, operation: &mut Operation) {
    let free = operation.operation_id.as_deref().is_some_and(|id| NO_KEY.contains(&id));
    if !matches!(method, HttpMethod::Post) || free {
        return;
    }
    let schema = ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[A-Za-z0-9._:-]{8,100}$"));
    let parameter = ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::True)
        .description(Some(
            "Chosen by the client, new for each intention. The same key with the same request is answered as before.",
        ))
        .schema(Some(schema));
    operation.parameters.get_or_insert_default().push(RefOr::T(parameter.build()));
}

fn add_components(document: &mut Document) {
    let components = document.components.get_or_insert_default();
    for (status, when) in [ALWAYS, NEEDS_LOGIN, NAMES_SOMETHING, CHANGES, HAS_BODY].into_iter().flatten() {
        components.responses.insert(format!("Problem{status}"), RefOr::T(problem_response(*status, when)));
    }
    let cookie =
        ApiKeyValue::with_description("gc_session", "Set by POST /session. Every change also sends X-CSRF-Token.");
    components.security_schemes.insert("session".to_owned(), RefOr::T(SecurityScheme::ApiKey(ApiKey::Cookie(cookie))));
    let bearer =
        HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("`gct_…`, made by POST /tokens")).build();
    components.security_schemes.insert("token".to_owned(), RefOr::T(SecurityScheme::Http(bearer)));
}

/// Names of the schemas that are sent to the server.
fn collect_inputs(operation: &Operation, inputs: &mut BTreeSet<String>) {
    let Some(RefOr::T(body)) = &operation.request_body else { return };
    for content in body.content.values() {
        let RefOr::T(content) = content else { continue };
        if let Some(RefOr::Ref(schema)) = &content.schema {
            inputs.insert(schema.ref_location.rsplit('/').next().unwrap_or_default().to_owned());
        }
    }
}

/// In answers every property is always there; `null` is a value.
fn require_outputs(document: &mut Document, inputs: &BTreeSet<String>) {
    let Some(components) = document.components.as_mut() else { return };
    for (name, schema) in &mut components.schemas {
        let optional = inputs.contains(name) || matches!(name.as_str(), "Problem" | "FileMeta" | "StreamEvent");
        if let (RefOr::T(schema), false) = (schema, optional) {
            require_all(schema);
        }
    }
}

fn require_all(schema: &mut Schema) {
    match schema {
        Schema::Object(object) => object.required = object.properties.keys().cloned().collect(),
        Schema::AllOf(all) => all.items.iter_mut().for_each(|item| {
            if let RefOr::T(schema) = item {
                require_all(schema);
            }
        }),
        _ => {}
    }
}
