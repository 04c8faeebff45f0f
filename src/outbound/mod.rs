//! The one HTTP client: time limits, no redirects, no private addresses unless the configuration
//! names the host (R46–R49, R52). A name is resolved once and that address is connected to, so a
//! resolver that changes its mind changes nothing.

pub mod retry;

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use crate::config::Config;

pub use reqwest::{Client, RequestBuilder, Response, StatusCode, header, multipart};

/// Why an address is not called.
#[derive(Debug, thiserror::Error)]
pub enum OutboundError {
    /// Neither http nor https, or no host.
    #[error("not a web address")]
    Form,
    /// Plain http to a host that the configuration does not name.
    #[error("only https addresses are called; {0} is not among channels.private_hosts")]
    Plain(String),
    /// An address inside a private network.
    #[error("{0} lies in a private network and is not among channels.private_hosts")]
    Private(String),
}

/// The client. Cheap to clone.
#[derive(Clone)]
pub struct Outbound {
    client: Client,
    allowed: Arc<Vec<String>>,
}

impl Outbound {
    /// With the configuration's time limit and exceptions.
    pub fn new(config: &Config) -> Self {
        // a second installation in the same process (tests) finds it there already
        let _ = rustls::crypto::ring::default_provider().install_default();
        let allowed = Arc::new(config.channels.private_hosts.clone());
        let client = Client::builder()
            .user_agent(concat!("Opslag/", env!("CARGO_PKG_VERSION")))
            .timeout(Duration::from_secs(config.delivery.request_seconds))
            .connect_timeout(Duration::from_secs(10))
            .redirect(reqwest::redirect::Policy::none())
            // a kept line that the peer hangs up in the same moment would make a send uncertain for nothing
            .pool_max_idle_per_host(0)
            .no_proxy()
            .dns_resolver(Arc::new(PublicOnly { allowed: allowed.clone() }))
            .build()
            .expect("the client's settings are legal");
        Self { client, allowed }
    }

    /// The client for an address that was checked.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Checks an address that a person or a peer gave before it is called.
    pub fn check(&self, url: &Url) -> Result<(), OutboundError> {
        let host = url.host_str().ok_or(OutboundError::Form)?;
        let named = self.named(host, url.port_or_known_default());
        match url.scheme() {
            "https" => {}
            "http" if named => {}
            "http" => return Err(OutboundError::Plain(host.to_owned())),
            _ => return Err(OutboundError::Form),
        }
        let address = match url.host() {
            Some(Host::Ipv4(ip)) => IpAddr::V4(ip),
            Some(Host::Ipv6(ip)) => IpAddr::V6(ip),
            _ => return Ok(()),
        };
        if named || is_public(address) { Ok(()) } else { Err(OutboundError::Private(host.to_owned())) }
    }

    fn named(&self, host: &str, port: Option<u16>) -> bool {
        let with_port = port.map(|p| format!("{host}:{p}"));
        self.allowed.iter().any(|a| a == host || Some(a) == with_port.as_ref())
    }
}

struct PublicOnly {
    allowed: Arc<Vec<String>>,
}

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        let host = name.as_str().to_owned();
        let excepted =
            self.allowed.iter().any(|a| a == &host || a.rsplit_once(':').is_some_and(|(h, _)| h == host));
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host.as_str(), 0)).await?.collect();
            let usable: Vec<SocketAddr> =
                found.into_iter().filter(|a| excepted || is_public(a.ip())).collect();
            if usable.is_empty() {
                return Err(Box::<dyn std::error::Error + Send + Sync>::from(OutboundError::Private(host)));
            }
            Ok(Box::new(usable.into_iter()) as Addrs)
        })
    }
}

/// Whether an address may lie on the open internet (R48: mapped, link-local, carrier and unique-local
/// addresses do not).
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => public_v4(ip),
        IpAddr::V6(ip) => match ip.to_ipv4_mapped().or_else(|| ip.to_ipv4()) {
            Some(v4) => public_v4(v4),
            None => {
                let first = ip.segments()[0];
                !(ip.is_loopback()
                    || ip.is_unspecified()
                    || ip.is_multicast()
                    || first & 0xfe00 == 0xfc00
                    || first & 0xffc0 == 0xfe80
                    || first == 0x2002
                    || (first == 0x64 && ip.segments()[1] == 0xff9b)
                    || (first == 0x2001 && ip.segments()[1] == 0xdb8))
            }
        },
    }
}

fn public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    !(ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_broadcast()
        || ip.is_multicast()
        || ip.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && b & 0xc0 == 64)
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && b & 0xfe == 18))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_are_not_called() {
        for ip in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "::1",
            "::ffff:127.0.0.1",
            "fe80::1",
            "fd00::1",
            "224.0.0.1",
        ] {
            assert!(!is_public(ip.parse().unwrap()), "{ip}");
        }
        for ip in ["93.184.216.34", "2a00:1450:400f::1"] {
            assert!(is_public(ip.parse().unwrap()), "{ip}");
        }
    }

    #[test]
    fn exceptions_are_per_host_and_port() {
        let mut config = Config::defaults(std::path::Path::new("/tmp"));
        config.channels.private_hosts = vec!["127.0.0.1:2583".into()];
        let outbound = Outbound::new(&config);
        let check = |u: &str| outbound.check(&u.parse().unwrap());
        assert!(check("http://127.0.0.1:2583/xrpc").is_ok());
        assert!(check("http://127.0.0.1:9999/").is_err());
        assert!(check("https://127.0.0.1/").is_err());
        assert!(check("http://example.org/").is_err());
        assert!(check("https://example.org/").is_ok());
        assert!(check("ftp://example.org/").is_err());
    }

    #[tokio::test]
    async fn a_redirect_is_not_followed() {
        // R47: whoever is redirected would be taken to an address that nobody checked
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        let server = tokio::spawn(async move {
            let (mut line, _) = listener.accept().await.unwrap();
            let mut asked = [0; 2000];
            let _ = line.read(&mut asked).await.unwrap();
            let said =
                format!("HTTP/1.1 302 Found\r\nlocation: http://{at}/inside\r\ncontent-length: 0\r\n\r\n");
            line.write_all(said.as_bytes()).await.unwrap();
            drop(line);
            tokio::time::timeout(Duration::from_millis(300), listener.accept()).await.is_err()
        });
        let mut config = Config::defaults(std::path::Path::new("/nowhere"));
        config.channels.private_hosts = vec![at.to_string()];
        let outbound = Outbound::new(&config);
        let answer = outbound.client().get(format!("http://{at}/")).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::FOUND);
        assert!(server.await.unwrap(), "nobody came again");
    }

    #[tokio::test]
    async fn a_name_that_leads_inside_is_not_called() {
        // R48: what a name leads to is asked once, in the moment of the call, and that address is the one called
        let guard = PublicOnly { allowed: Arc::new(Vec::new()) };
        let refused = guard.resolve("localhost".parse().unwrap()).await;
        assert!(refused.is_err_and(|error| error.to_string().contains("localhost")));
        let let_in = PublicOnly { allowed: Arc::new(vec!["localhost:3000".into()]) };
        let found: Vec<_> = let_in.resolve("localhost".parse().unwrap()).await.unwrap().collect();
        assert!(found.iter().all(|address| address.ip().is_loopback()) && !found.is_empty());
    }
}
