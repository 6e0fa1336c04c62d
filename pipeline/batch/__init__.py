"""Batch runs: pages cut into shards, shards worked on in processes or on a cluster, and merged into tables.

A shard is a bounded run of pages. It is finished when its file lies in the work folder under the shard's key,
a hash of all that its results depend on. So a run that was stopped, however roughly, goes on where it was, a
changed page costs its own shard only, and nothing is worked on twice.

``settings``: what to run; ``fingerprint``: what its results depend on; ``shards``: which pages make a shard,
and its file; ``folder``: the work folder; ``workers``: the processes; ``local``: shards through the processes
of this machine; ``cluster``: through Ray; ``shard_merge``: shards to sorted pages; ``output``: the folder of
the tables; ``tally``: what ``run.json`` says; ``terminal``: what is shown meanwhile.
"""
