# One search over all applications
search-title = Search applications
search-words = What are you looking for?
search-words-hint = Words from letters and files, a name, mail address or phone number. "In quotation marks" is found word for word, plej* finds everything that begins so, and -vikar leaves out.
search-do = Search
search-found = { $count ->
    [0] No applications
    [one] 1 application
   *[other] { $shown } applications
}
search-by-fit = A search result – not an assessment. What is most like the words typed comes first.
search-by-time = Newest first
search-none = No applications fit
search-none-next = Type fewer words, try another word for the same thing, or remove a filter.
search-filling = The search is being built
search-filling-next = Applications may be missing from the list. Search again in a moment.
search-received = Received { $when }
search-late = Late
search-in-file = In { $file }:
search-narrow = Narrow down
search-narrow-do = Show
search-clear = Clear all
search-stage = Stage
search-outcome = Decision
search-outcome-all = All
search-undecided = Undecided
search-posting = Posting
search-posting-all = All postings
search-channel = Channel
search-channel-all = All channels
search-channel-direct = Direct or unknown
search-from = Received from
search-to = Received up to
search-order = Order
search-order-fit = Most alike first
search-order-newest = Newest first
search-why-synonym = "{ $asked }" means the same as "{ $seen }"
search-why-part = "{ $asked }" is a part of "{ $seen }"
search-why-alike = "{ $asked }" is like the name { $seen }
search-why-file = "{ $asked }" stands in { $file }
search-why-email = "{ $asked }" is the mail address { $seen }
search-why-phone = "{ $asked }" is the phone number { $seen }
