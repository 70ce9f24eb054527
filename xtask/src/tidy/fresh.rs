//! Files that are made from other files, and how each is held to its source. A generated file is committed so that the
//! house builds without its generator; this rule is what keeps it true.

use super::Fault;
use super::tree::Tree;

/// One generated file.
struct Generated {
    /// The file.
    file: &'static str,
    /// The command that makes it anew.
    made_by: &'static str,
    /// What is stale in it.
    stale: fn(&Tree) -> Vec<String>,
}

/// Those whose source is text. Where the generator can run, the whole text is compared beside it: the demo city in
/// `demo_city`, the OpenAPI snapshot in the tests of `guancheng-api`, the client's types in the tests of `web/`.
const GENERATED: &[Generated] =
    &[Generated { file: "web/src/api/schema.d.ts", made_by: "npm run gen (in web/)", stale: client_lacks_paths }];

/// Every generated file against its source.
pub fn faults(tree: &Tree) -> Vec<Fault> {
    let stale =
        GENERATED.iter().flat_map(|generated| (generated.stale)(tree).into_iter().map(move |what| (generated, what)));
    stale.map(|(generated, what)| Fault::new(generated.file, 0, what, format!("run: {}", generated.made_by))).collect()
}

/// Paths of the API's snapshot that the client's types do not know, and the other way round.
fn client_lacks_paths(tree: &Tree) -> Vec<String> {
    let snapshot =
        tree.matching(|path| path.starts_with("crates/guancheng-api/") && path.ends_with("openapi.json")).next();
    let (Some((_, snapshot)), Some(client)) = (snapshot, tree.text("web/src/api/schema.d.ts")) else {
        return Vec::new();
    };
    let (served, typed) = (paths(snapshot), paths(client));
    let missing =
        served.iter().filter(|path| !typed.contains(path)).map(|path| format!("{path} is served but has no type"));
    let extra =
        typed.iter().filter(|path| !served.contains(path)).map(|path| format!("{path} has a type but is not served"));
    missing.chain(extra).collect()
}

/// Keys that are paths, in JSON as in TypeScript: `"/api/…": {`.
fn paths(text: &str) -> Vec<&str> {
    let keys = text.lines().filter_map(|line| line.trim().strip_prefix('"')?.split_once("\":"));
    keys.map(|(key, _)| key).filter(|key| key.starts_with("/api/")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(client: &str, expect: &[&str]) {
        let snapshot = "{\n \"paths\": {\n  \"/api/v1/cases\": {\n  }\n }\n}\n";
        let tree =
            Tree::sample(&[("crates/guancheng-api/openapi.json", snapshot), ("web/src/api/schema.d.ts", client)]);
        assert_eq!(faults(&tree).into_iter().map(|fault| fault.what).collect::<Vec<_>>(), expect);
    }

    #[test]
    fn a_client_that_is_behind_the_server_is_a_fault() {
        check("export interface paths {\n    \"/api/v1/cases\": {\n", &[]);
        let expect = ["/api/v1/cases is served but has no type", "/api/v1/old has a type but is not served"];
        check("export interface paths {\n    \"/api/v1/old\": {\n", &expect);
    }
}
