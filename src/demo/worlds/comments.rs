//! What is said under posts. On some channels it is a comment, which goes with its post; on others a post of its own that
//! answers the first and outlives it.

use super::{Comment, Ground, Post, lock};

/// A comment that goes with its post.
#[derive(Clone)]
pub(super) struct Said {
    /// Under which post: its key.
    pub post: String,
    /// Whose it is, as the peer calls them.
    pub who: String,
    pub comment: Comment,
}

impl Ground {
    /// Keeps a comment; what it is called. The same words twice are two comments.
    pub fn say_under(&self, post: &str, who: &str, text: &str) -> String {
        let mut said = lock(&self.comments);
        let key = (said.len() + 7001).to_string();
        let comment = Comment { key: key.clone(), text: text.to_owned(), at: self.clock.now() };
        said.push(Said { post: post.to_owned(), who: who.to_owned(), comment });
        key
    }

    /// What lists already show under a post, oldest first.
    pub fn said_under(&self, post: &str) -> Vec<Said> {
        let (now, lag) = (self.clock.now(), self.lag());
        let said = lock(&self.comments);
        said.iter().filter(|s| s.post == post && now.since(s.comment.at) >= lag).cloned().collect()
    }
}

/// Posts with what is said under them. An answer whose post is gone hangs by itself.
pub(super) fn hang(ground: &Ground, posts: Vec<Post>) -> Vec<Post> {
    let keys: Vec<String> = posts.iter().map(|post| post.key.clone()).collect();
    let hangs_below = |post: &Post| post.answers.as_ref().is_some_and(|above| keys.contains(above));
    let (answers, mut posts): (Vec<_>, Vec<_>) = posts.into_iter().partition(hangs_below);
    let kept = lock(&ground.comments).clone();
    for post in &mut posts {
        post.comments = kept.iter().filter(|s| s.post == post.key).map(|s| s.comment.clone()).collect();
        // newest first, as they came
        for answer in answers.iter().rev().filter(|answer| answer.answers.as_deref() == Some(&post.key)) {
            post.comments.push(Comment { key: answer.key.clone(), text: answer.text(), at: answer.at });
        }
    }
    posts
}
