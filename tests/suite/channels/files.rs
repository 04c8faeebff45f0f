//! A stand-in for the page at which Opslag hands out what it is sending: the same signed addresses, whatever file.

use opslag::{channels::pull, kit::Kit};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

/// Serves for as long as the test runs; where.
pub async fn serve(kit: &Kit) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let kit = kit.clone();
    tokio::spawn(async move {
        while let Ok((mut line, _)) = listener.accept().await {
            let kit = kit.clone();
            tokio::spawn(async move {
                let mut request = vec![0; 4096];
                let read = line.read(&mut request).await.unwrap_or(0);
                let asked = String::from_utf8_lossy(&request[..read]).into_owned();
                let name =
                    asked.split(' ').nth(1).and_then(|path| path.strip_prefix("/m/")).unwrap_or_default();
                let found = match pull::named(&kit.secrets, name, kit.clock.now()) {
                    // no door is open here
                    Some(named) if named.door.is_none() => kit.blobs.read(&named.sha256).await.ok(),
                    _ => None,
                };
                let (status, body) = match found {
                    Some(bytes) => ("200 OK", bytes),
                    None => ("404 Not Found", bytes::Bytes::new()),
                };
                let head = format!(
                    "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                    body.len()
                );
                let _ = line.write_all(head.as_bytes()).await;
                let _ = line.write_all(&body).await;
            });
        }
    });
    url
}
