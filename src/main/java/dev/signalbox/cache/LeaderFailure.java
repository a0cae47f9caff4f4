package dev.signalbox.cache;

/** A failure of whoever began a load, which says nothing of the load: another one's would not fail for it. */
public interface LeaderFailure {}
