import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics from their first record to their end with Kafka's own client, which shares no line with the one that
 * Wren uses. Arguments: brokers, topics. Output, one line a record and one a partition, fields parted by tabs:
 *
 *     record topic partition offset sha256-of-value event-id
 *     end    topic partition offset
 *
 * The event id is the header `event-id`, else the first "eventId" of the value; "-" where there is none.
 */
public class ReadTopics {
  private static final Pattern EVENT_ID = Pattern.compile("\"eventId\":\"([0-9a-f]{64})\"");

  public static void main(String[] args) throws Exception {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", args[0]);
    settings.put("max.partition.fetch.bytes", "25000000");
    settings.put("isolation.level", "read_uncommitted");
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    StringBuilder out = new StringBuilder();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> places = new ArrayList<>();
      for (int index = 1; index < args.length; index++) {
        String topic = args[index];
        consumer.partitionsFor(topic).forEach(info -> places.add(new TopicPartition(topic, info.partition())));
      }
      consumer.assign(places);
      consumer.seekToBeginning(places);
      Map<TopicPartition, Long> left = new HashMap<>(consumer.endOffsets(places));
      for (Map.Entry<TopicPartition, Long> end : left.entrySet()) {
        TopicPartition place = end.getKey();
        out.append("end\t" + place.topic() + "\t" + place.partition() + "\t" + end.getValue() + "\n");
      }
      left.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
      while (!left.isEmpty()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          byte[] value = record.value() == null ? new byte[0] : record.value();
          String hash = HexFormat.of().formatHex(sha256.digest(value));
          out.append("record\t" + record.topic() + "\t" + record.partition() + "\t" + record.offset());
          out.append("\t" + hash + "\t" + eventIdOf(record, value) + "\n");
          if (out.length() > 100_000) flush(out);
        }
        left.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
      }
    }
    flush(out);
  }

  private static String eventIdOf(ConsumerRecord<byte[], byte[]> record, byte[] value) {
    Header header = record.headers().lastHeader("event-id");
    if (header != null) return new String(header.value());
    Matcher found = EVENT_ID.matcher(new String(value, 0, Math.min(value.length, 200)));
    return found.find() ? found.group(1) : "-";
  }

  private static void flush(StringBuilder out) {
    System.out.print(out);
    System.out.flush();
    out.setLength(0);
  }
}
