package dev.trmarena.db.plan;

/** A message that is to be sent if, and only if, the transaction that writes it commits. */
public record OutboxMessage(String topic, String key, byte[] payload) {
    public OutboxMessage {
        payload = payload.clone();
    }

    @Override
    public byte[] payload() {
        return payload.clone();
    }

    @Override
    public String toString() {
        return topic + " " + key + " (" + payload.length + " bytes)";
    }
}
