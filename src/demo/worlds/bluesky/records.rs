//! Records and blobs of an account's repository.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, http::header, web};
use serde_json::{Value, json};

use super::{
    BLOB_LIMIT, Blob, Bluesky, POSTS, Record, Refusal, Reply, State, all_of, cid, ok, parameter, required,
    required_parameter, required_text, rules,
};
use crate::demo::worlds::{lock, wall::File};

/// What a record is called in the whole network.
fn uri(did: &str, collection: &str, key: &str) -> String {
    format!("at://{did}/{collection}/{key}")
}

impl State {
    /// The DID of an account named by DID or handle.
    fn repository(&self, name: &str) -> Option<String> {
        self.people
            .iter()
            .find(|person| person.did == name || person.handle.eq_ignore_ascii_case(name))
            .map(|person| person.did.clone())
    }

    /// The DID of the repository that is to be written, when the token is its owner's.
    fn own_repository(&self, name: &str, token_did: &str) -> Result<String, Refusal> {
        let did = self
            .repository(name)
            .ok_or_else(|| Refusal::new(StatusCode::FORBIDDEN, "AccountNotFound", "Account not found"))?;
        if did != token_did {
            return Err(Refusal::new(
                StatusCode::UNAUTHORIZED,
                "AuthenticationRequired",
                "Authentication Required",
            ));
        }
        Ok(did)
    }

    /// Every blob that the record mentions has been sent, and is what the record says it is.
    fn use_blobs(&mut self, did: &str, value: &Value) -> Result<(), Refusal> {
        match value {
            Value::Object(map) if map.get("$type").is_some_and(|t| t == "blob") => {
                let refused = |error, why| Err(Refusal::new(StatusCode::BAD_REQUEST, error, why));
                let link = value["ref"]["$link"].as_str().unwrap_or_default();
                let Some(blob) = self.blobs.get_mut(&(did.to_owned(), link.to_owned())) else {
                    return refused("BlobNotFound", format!("Could not find blob: {link}"));
                };
                let (is, claimed) = (&blob.file.mime, value["mimeType"].as_str().unwrap_or_default());
                if !blob.used && is != claimed {
                    let why = "Referenced Mimetype does not match stored blob.";
                    return refused("InvalidMimeType", format!("{why} Expected: {is}, Got: {claimed}"));
                }
                blob.used = true;
                Ok(())
            }
            Value::Object(map) => map.values().try_for_each(|v| self.use_blobs(did, v)),
            Value::Array(items) => items.iter().try_for_each(|v| self.use_blobs(did, v)),
            _ => Ok(()),
        }
    }
}

/// A record that may be written.
struct Accepted {
    did: String,
    collection: String,
    value: Value,
    cid: String,
}

impl Bluesky {
    /// What readers did with posts, which the network's index counts.
    pub(super) fn get_posts(&self, request: &HttpRequest) -> Reply {
        self.authenticated(request)?;
        let state = lock(&self.state);
        let wanted = required_parameter(request, "uris")?;
        let posts: Vec<_> = state
            .records
            .iter()
            .filter(|((did, collection, key), _)| collection == POSTS && uri(did, collection, key) == wanted)
            .map(|((did, collection, key), record)| {
                let readers = self.ground.readers(key);
                json!({
                    "uri": uri(did, collection, key), "cid": record.cid, "record": record.value,
                    "likeCount": readers.liked, "repostCount": readers.passed_on, "quoteCount": 0,
                    "replyCount": readers.answered, "bookmarkCount": 0,
                })
            })
            .collect();
        ok(json!({ "posts": posts }))
    }

    fn accepted(
        &self,
        state: &mut State,
        token_did: &str,
        mut input: Value,
        key: Option<&str>,
    ) -> Result<Accepted, Refusal> {
        let did = state.own_repository(required_text(&input, "repo")?, token_did)?;
        let collection = required_text(&input, "collection")?.to_owned();
        required(&input, "record", "$")?;
        let mut value = input["record"].take();
        let members = value
            .as_object_mut()
            .ok_or_else(|| Refusal::request("Expected object value type at $.record"))?;
        let given = members.entry("$type").or_insert_with(|| collection.clone().into());
        if *given != collection.as_str() {
            let given = given.as_str().unwrap_or_default();
            return Err(Refusal::request(format!("Invalid $type: expected {collection}, got {given}")));
        }
        if collection == POSTS {
            if let Some(key) = key.filter(|key| !rules::is_tid(key)) {
                return Err(Refusal::request(format!(
                    "Invalid record key for {collection}: Invalid TID string (got \"{key}\") at $"
                )));
            }
            rules::post(&value)
                .map_err(|why| Refusal::request(format!("Invalid {collection} record: {why}")))?;
        }
        state.use_blobs(&did, &value)?;
        let cid = cid::of_record(&value).ok_or_else(|| Refusal::request("Record is not valid data"))?;
        Ok(Accepted { did, collection, value, cid })
    }

    fn write(&self, state: &mut State, record: Accepted, key: &str) -> Value {
        let Accepted { did, collection, value, cid } = record;
        let status = if collection == POSTS { "valid" } else { "unknown" };
        let answer = json!({
            "uri": uri(&did, &collection, key), "cid": cid, "commit": self.commit(state),
            "validationStatus": status,
        });
        let record = Record { value, cid, at: self.ground.clock.now(), order: state.count };
        state.records.insert((did, collection, key.to_owned()), record);
        answer
    }

    fn commit(&self, state: &mut State) -> Value {
        state.count += 1;
        let rev = rules::tid(self.ground.clock.now(), state.count);
        json!({"cid": cid::of_record(&json!({"rev": rev})), "rev": rev})
    }

    pub(super) fn create_record(&self, request: &HttpRequest, input: Value) -> Reply {
        let token_did = self.authenticated(request)?;
        let given = input.get("rkey").and_then(Value::as_str).map(ToOwned::to_owned);
        let mut state = lock(&self.state);
        let record = self.accepted(&mut state, &token_did, input, given.as_deref())?;
        let key = given.unwrap_or_else(|| rules::tid(self.ground.clock.now(), state.count));
        if state.records.contains_key(&(record.did.clone(), record.collection.clone(), key.clone())) {
            // the reference server trips over its own tree here
            return Err(Refusal::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "InternalServerError",
                "Internal Server Error",
            ));
        }
        ok(self.write(&mut state, record, &key))
    }

    pub(super) fn put_record(&self, request: &HttpRequest, input: Value) -> Reply {
        let token_did = self.authenticated(request)?;
        let key = required_text(&input, "rkey")?.to_owned();
        let mut state = lock(&self.state);
        let record = self.accepted(&mut state, &token_did, input, Some(&key))?;
        let place = (record.did.clone(), record.collection.clone(), key.clone());
        if state.records.get(&place).is_some_and(|there| there.cid == record.cid) {
            // nothing changes, so there is no commit
            return ok(json!({
                "uri": uri(&record.did, &record.collection, &key), "cid": record.cid,
                "validationStatus": "valid",
            }));
        }
        ok(self.write(&mut state, record, &key))
    }

    pub(super) fn delete_record(&self, request: &HttpRequest, input: &Value) -> Reply {
        let token_did = self.authenticated(request)?;
        let mut state = lock(&self.state);
        let did = state.own_repository(required_text(input, "repo")?, &token_did)?;
        let collection = required_text(input, "collection")?.to_owned();
        let key = required_text(input, "rkey")?.to_owned();
        if state.records.remove(&(did, collection, key)).is_none() {
            return ok(json!({}));
        }
        ok(json!({"commit": self.commit(&mut state)}))
    }

    pub(super) fn get_record(&self, request: &HttpRequest) -> Reply {
        let repository = required_parameter(request, "repo")?;
        let collection = required_parameter(request, "collection")?;
        let key = required_parameter(request, "rkey")?;
        let state = lock(&self.state);
        let Some(did) = state.repository(&repository) else { return self.not_our_repository() };
        let place = (did.clone(), collection.clone(), key.clone());
        let record = state.records.get(&place).ok_or_else(|| {
            Refusal::new(
                StatusCode::BAD_REQUEST,
                "RecordNotFound",
                format!("Could not locate record: {}", uri(&did, &collection, &key)),
            )
        })?;
        ok(json!({"uri": uri(&did, &collection, &key), "cid": record.cid, "value": record.value}))
    }

    pub(super) fn list_records(&self, request: &HttpRequest) -> Reply {
        let repository = required_parameter(request, "repo")?;
        let collection = required_parameter(request, "collection")?;
        let limit: usize = parameter(request, "limit").map_or(Ok(50), |limit| limit.parse()).unwrap_or(0);
        if !(1..=100).contains(&limit) {
            return Err(Refusal::request("limit must be between 1 and 100"));
        }
        let before = parameter(request, "cursor");
        let state = lock(&self.state);
        let Some(did) = state.repository(&repository) else { return self.not_our_repository() };
        let records: Vec<_> = state
            .records
            .iter()
            .rev()
            .filter(|((d, c, key), _)| {
                *d == did && *c == collection && before.as_ref().is_none_or(|before| key < before)
            })
            .take(limit)
            .map(|((_, _, key), record)| {
                json!({"uri": uri(&did, &collection, key), "cid": record.cid, "value": record.value})
            })
            .collect();
        let last = records.last().and_then(|record| record["uri"].as_str()?.rsplit('/').next());
        let mut answer = json!({});
        if let Some(last) = last {
            answer["cursor"] = last.into();
        }
        answer["records"] = records.into();
        ok(answer)
    }

    /// The real server asks the network about repositories that are not its own.
    fn not_our_repository(&self) -> Reply {
        Err(Refusal::new(StatusCode::BAD_GATEWAY, "UpstreamFailure", "Upstream service unreachable"))
    }

    pub(super) async fn upload_blob(&self, request: &HttpRequest, body: web::Payload) -> Reply {
        let did = self.authenticated(request)?;
        let claimed = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let claimed = claimed.map(ToOwned::to_owned);
        let bytes = all_of(body, BLOB_LIMIT).await?;
        if bytes.is_empty() {
            return Err(Refusal::request("A request body is expected but none was provided"));
        }
        let claimed = claimed
            .ok_or_else(|| Refusal::request("Request encoding (Content-Type) required but not provided"))?;
        let cid = cid::of_blob(&bytes);
        let size = bytes.len();
        let file = File::new(bytes, &claimed);
        let mime = file.mime.clone();
        lock(&self.state).blobs.entry((did, cid.clone())).or_insert(Blob { file, used: false });
        ok(json!({"blob": {"$type": "blob", "ref": {"$link": cid}, "mimeType": mime, "size": size}}))
    }

    pub(super) fn get_blob(&self, request: &HttpRequest) -> Reply {
        let did = required_parameter(request, "did")?;
        let cid = required_parameter(request, "cid")?;
        let file = lock(&self.state).blobs.get(&(did, cid)).map(|blob| blob.file.clone());
        let file = file.ok_or_else(|| Refusal::request("Blob not found"))?;
        let response: HttpResponse = file.answer(request);
        Ok(response)
    }
}
