package dev.signalbox.redis;

/** Equal parts for all replicas that were seen lately; what is too small to be divided goes to the first of them. */
public final class FleetShares implements Shares {

    private final FleetSize fleet;
    private final int replicasIfNeverSeen;

    /** Shares of a fleet, and how many are assumed where none was ever seen. */
    public FleetShares(FleetSize fleet, int replicasIfNeverSeen) {
        this.fleet = fleet;
        this.replicasIfNeverSeen = replicasIfNeverSeen;
    }

    /** Among how many an amount is divided. */
    public int replicas() {
        return fleet.replicas().orElse(replicasIfNeverSeen);
    }

    @Override
    public long of(long amount) {
        long part = amount / replicas();
        return part == 0 && amount > 0 && fleet.isFirst() ? 1 : part;
    }
}
