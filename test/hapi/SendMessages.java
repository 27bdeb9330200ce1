import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.app.Connection;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.model.v25.message.ACK;
import ca.uhn.hl7v2.model.v25.message.ADT_A01;
import ca.uhn.hl7v2.parser.Parser;
import ca.uhn.hl7v2.util.idgenerator.InMemoryIDGenerator;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Sends messages as an integration engine does, with HAPI: several connections, each in lockstep, and each message
 * again until it is acknowledged. Prints "code id" for each acknowledgement.
 *
 *     java -cp JARS SendMessages.java HOST PORT CONNECTIONS MESSAGES
 */
public class SendMessages {
  /** HAPI waits so long for an answer, also where the connection broke while it waited. */
  static final int answerTimeoutMs = 3_000;
  static final int giveUpMs = 120_000;
  static final int pauseMs = 200;
  /**
   * Of the threads that listen for answers. Without it all contexts share one, and the first that is closed ends it for
   * every other: nothing could connect again.
   */
  static final ExecutorService listeners = Executors.newCachedThreadPool();

  public static void main(String[] arguments) throws Exception {
    String host = arguments[0];
    int port = Integer.parseInt(arguments[1]);
    int connections = Integer.parseInt(arguments[2]);
    int messages = Integer.parseInt(arguments[3]);
    ExecutorService senders = Executors.newFixedThreadPool(connections);
    List<Future<?>> ends = new ArrayList<>();
    for (int sender = 0; sender < connections; sender++) {
      int first = sender;
      ends.add(senders.submit(() -> {
        sendAll(host, port, first, connections, messages);
        return null;
      }));
    }
    try {
      for (Future<?> end : ends) end.get();
      System.exit(0);
    } catch (Exception failed) {
      failed.printStackTrace();
      System.exit(1); // the other senders would keep the program alive
    }
  }

  static void sendAll(String host, int port, int first, int step, int messages) throws Exception {
    DefaultHapiContext context = new DefaultHapiContext(listeners);
    context.setValidationContext(ValidationContextFactory.noValidation());
    context.getParserConfiguration().setIdGenerator(new InMemoryIDGenerator()); // the usual one leaves a file behind
    Parser parser = context.getPipeParser();
    Connection connection = null;
    for (int number = first; number < messages; number += step) {
      Message message = messageOf(number, parser);
      long startedAt = System.currentTimeMillis();
      String answer = null;
      while (answer == null) {
        try {
          if (connection == null || !connection.isOpen()) {
            connection = context.newClient(host, port, false);
            connection.getInitiator().setTimeout(answerTimeoutMs, TimeUnit.MILLISECONDS);
          }
          ACK ack = (ACK) connection.getInitiator().sendAndReceive(message);
          answer = ack.getMSA().getAcknowledgmentCode().getValue() + " " + ack.getMSA().getMessageControlID().getValue();
        } catch (Exception broken) {
          if (System.currentTimeMillis() - startedAt > giveUpMs) throw new IOException("no answer to M" + number, broken);
          if (connection != null) connection.close();
          connection = null;
          Thread.sleep(pauseMs);
        }
      }
      synchronized (System.out) {
        System.out.println(answer);
      }
    }
    if (connection != null) connection.close();
    context.close();
  }

  static Message messageOf(int number, Parser parser) throws Exception {
    ADT_A01 message = new ADT_A01();
    message.setParser(parser);
    message.initQuickstart("ADT", "A04", "P");
    message.getMSH().getSendingApplication().getNamespaceID().setValue("hapi");
    message.getMSH().getSendingFacility().getNamespaceID().setValue("RWP");
    message.getMSH().getMessageControlID().setValue("M" + number);
    message.getPID().getPatientIdentifierList(0).getIDNumber().setValue("W" + number);
    message.getPID().getPatientName(0).getFamilyName().getSurname().setValue("Ashdown");
    message.getPID().getDateTimeOfBirth().getTime().setValue("20110302");
    message.getPV1().getPatientClass().setValue("E");
    message.getPV1().getVisitNumber().getIDNumber().setValue("E" + number);
    message.getPV2().getAdmitReason().getText().setValue(
        number % 500 == 0 ? "Knife seen | in bag & coat" : "Fell off trampoline, wrist swollen");
    return message;
  }
}
