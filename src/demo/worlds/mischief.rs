//! Bad moments on demand: what a peer does to us on a day when its network, its servers or its owners have
//! trouble. Also the memory of every call that came in.

use std::{
    any::Any,
    net::{Shutdown, TcpStream},
    os::fd::AsFd,
    sync::Arc,
    time::Duration,
};

use actix_web::{
    Error, HttpResponse,
    body::{BoxBody, MessageBody, to_bytes},
    dev::{Extensions, ServiceRequest, ServiceResponse},
    http::{StatusCode, header},
    middleware::Next,
    rt,
    web::Data,
};
use tokio::sync::Semaphore;

use super::{Ground, Town, lock};
use crate::base::Instant;

/// What a call is for, whichever the channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Logging in, registering an app, fetching or renewing tokens.
    Connect,
    /// Asking what the server can do and whose account this is.
    Look,
    /// Sending a picture or film, and asking whether it is ready.
    Upload,
    /// Posting.
    Publish,
    /// Reading back what was posted.
    Find,
    /// Changing the words of what was posted, where that has an address of its own: on Facebook and YouTube it is the call
    /// that also shows a post.
    Edit,
    /// Commenting a post, where that has an address of its own: on Mastodon, Bluesky and Threads it is posting.
    Comment,
    /// Taking a post down.
    Withdraw,
}

/// A bad moment: what happens to the next calls of one act.
#[derive(Clone, Debug)]
pub struct Mischief {
    /// Which calls.
    pub on: Act,
    /// What happens.
    pub prank: Prank,
    /// To how many of them; `u32::MAX` for all from now on.
    pub times: u32,
}

impl Mischief {
    /// Happens once.
    pub const fn once(on: Act, prank: Prank) -> Self {
        Self { on, prank, times: 1 }
    }
    /// Happens until the world is calmed.
    pub const fn always(on: Act, prank: Prank) -> Self {
        Self { on, prank, times: u32::MAX }
    }
}

/// What can go wrong. "Accepted" means that the world has done what was asked, although we do not get to know it.
#[derive(Clone, Debug)]
pub enum Prank {
    /// The call is carried out and answered, late.
    Delay(Duration),
    /// The connection is cut; nothing was done.
    CutBefore,
    /// It is accepted, then the connection is cut without an answer.
    CutAfter,
    /// It is accepted, then answered with this status (a 5xx from a proxy).
    AcceptThen(u16),
    /// It is accepted, and the answer does not say where the post is to be seen.
    Unaddressed,
    /// Refused with this status and the peer's own form of an error.
    Refuse(u16, &'static str),
    /// Refused with 429.
    TooMany(Wait),
    /// Every token has been revoked when the call comes in.
    Revoked,
    /// The call waits at the gate; nothing is done before it opens.
    HoldBefore(Gate),
    /// It is accepted, and its answer waits at the gate.
    HoldAfter(Gate),
}

/// How a 429 says when to come again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// Only in the peer's own rate-limit headers: after so many seconds.
    Own(u32),
    /// `Retry-After: 30`.
    Seconds(u32),
    /// `Retry-After: Tue, 24 Nov 2026 10:00:30 GMT`, so many seconds from now by the world's clock.
    Date(u32),
}

/// Where calls wait until a test lets them through.
#[derive(Clone, Debug)]
pub struct Gate(Arc<(Semaphore, Semaphore)>);

impl Default for Gate {
    fn default() -> Self {
        Self::new()
    }
}

impl Gate {
    /// A closed gate.
    pub fn new() -> Self {
        Self(Arc::new((Semaphore::new(0), Semaphore::new(0))))
    }
    /// Waits until one more call stands at the gate.
    pub async fn arrived(&self) {
        if let Ok(permit) = self.0.0.acquire().await {
            permit.forget();
        }
    }
    /// Lets one call through: the one that waits, or the next to come.
    pub fn open(&self) {
        self.0.1.add_permits(1);
    }
    async fn stand(&self) {
        self.0.0.add_permits(1);
        if let Ok(permit) = self.0.1.acquire().await {
            permit.forget();
        }
    }
}

/// A call that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// What for.
    pub act: Act,
    /// `POST`.
    pub method: String,
    /// `/api/v1/statuses`, with the query.
    pub path: String,
    /// What stood in `Idempotency-Key`.
    pub key: Option<String>,
    /// When, by the world's clock.
    pub at: Instant,
}

/// Our own hold on a connection, so that it can be cut in the middle of a call.
#[derive(Clone)]
struct Wire(Arc<TcpStream>);

impl Wire {
    fn cut(this: Option<&Self>) {
        if let Some(wire) = this {
            let _ = wire.0.shutdown(Shutdown::Both);
        }
    }
}

/// Called by the server for each connection.
pub(super) fn remember_wire(connection: &dyn Any, data: &mut Extensions) {
    if let Some(stream) = connection.downcast_ref::<rt::net::TcpStream>()
        && let Ok(descriptor) = stream.as_fd().try_clone_to_owned()
    {
        data.insert(Wire(Arc::new(descriptor.into())));
    }
}

/// Around every call: writes it down and lets happen to it what was plotted.
pub(super) async fn befall(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let ground = request.app_data::<Data<Ground>>().cloned().ok_or_else(lost)?;
    let town = request.app_data::<Data<dyn Town>>().cloned().ok_or_else(lost)?;
    let Some(act) = town.act(request.method().as_str(), request.path()) else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    lock(&ground.calls).push(Call {
        act,
        method: request.method().to_string(),
        path: request.uri().to_string(),
        key: request
            .headers()
            .get("Idempotency-Key")
            .and_then(|value| value.to_str().ok())
            .map(ToOwned::to_owned),
        at: ground.clock.now(),
    });
    let Some(prank) = next_prank(&ground, act) else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    let wire = request.conn_data::<Wire>().cloned();
    let carry_out = async |request| Ok::<_, Error>(next.call(request).await?.map_into_boxed_body());
    match prank {
        Prank::Delay(time) => {
            rt::time::sleep(time).await;
            carry_out(request).await
        }
        Prank::Revoked => {
            town.revoke_everything();
            carry_out(request).await
        }
        Prank::HoldBefore(gate) => {
            gate.stand().await;
            carry_out(request).await
        }
        Prank::HoldAfter(gate) => {
            let response = carry_out(request).await?;
            gate.stand().await;
            Ok(response)
        }
        Prank::CutBefore => {
            Wire::cut(wire.as_ref());
            Ok(request.into_response(HttpResponse::new(StatusCode::SERVICE_UNAVAILABLE))) // reaches nobody
        }
        Prank::CutAfter => {
            let response = carry_out(request).await?;
            Wire::cut(wire.as_ref());
            Ok(response)
        }
        Prank::AcceptThen(status) => {
            let response = carry_out(request).await?;
            let status = StatusCode::from_u16(status).map_err(|_| lost())?;
            Ok(response.into_response(HttpResponse::new(status)))
        }
        Prank::Unaddressed => {
            let (head, body) = carry_out(request).await?.into_parts();
            let bytes = to_bytes(body.into_body()).await.map_err(|_| lost())?;
            let mut said: serde_json::Value = serde_json::from_slice(&bytes)?;
            if let Some(fields) = said.as_object_mut() {
                fields.retain(|name, _| !matches!(name.as_str(), "url" | "uri"));
            }
            Ok(ServiceResponse::new(head, HttpResponse::Ok().json(said)))
        }
        Prank::Refuse(status, message) => Ok(request.into_response(town.refusal(status, message))),
        Prank::TooMany(wait) => {
            let (seconds, retry_after) = match wait {
                Wait::Own(seconds) => (seconds, None),
                Wait::Seconds(seconds) => (seconds, Some(seconds.to_string())),
                Wait::Date(seconds) => {
                    let at = ground.clock.now() + Duration::from_secs(seconds.into());
                    (seconds, Some(at.utc().format("%a, %d %b %Y %H:%M:%S GMT").to_string()))
                }
            };
            let mut response = town.too_many(seconds);
            if let Some(value) = retry_after.and_then(|text| text.parse().ok()) {
                response.headers_mut().insert(header::RETRY_AFTER, value);
            }
            Ok(request.into_response(response))
        }
    }
}

fn next_prank(ground: &Ground, act: Act) -> Option<Prank> {
    let mut plots = lock(&ground.plots);
    let at = plots.iter().position(|plot| plot.on == act && plot.times > 0)?;
    let prank = plots[at].prank.clone();
    if plots[at].times != u32::MAX {
        plots[at].times -= 1;
    }
    Some(prank)
}

/// The application was put together without its parts; cannot happen in [`super::World::serve`].
fn lost() -> Error {
    actix_web::error::ErrorInternalServerError("the practice world lacks a part")
}
