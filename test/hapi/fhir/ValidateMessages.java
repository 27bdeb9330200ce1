import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;

/**
 * Validates FHIR R4 resources, one JSON a line on standard input, with HL7's own validator as HAPI ships it. It has
 * the definitions and code systems of R4 in its jars and asks no server. For each problem it prints
 * "line severity [location] message"; when every line was read, "validated N".
 *
 *     java -cp JARS ValidateMessages.java < messages.ndjson
 */
public class ValidateMessages {
  public static void main(String[] arguments) throws Exception {
    FhirContext context = FhirContext.forR4();
    FhirInstanceValidator instances = new FhirInstanceValidator(new ValidationSupportChain(
        new DefaultProfileValidationSupport(context),
        new CommonCodeSystemsTerminologyService(context),
        new InMemoryTerminologyServerValidationSupport(context)));
    instances.setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore); // messages are for programs: no narrative
    FhirValidator validator = context.newValidator().registerValidatorModule(instances);
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    int number = 0;
    for (String json = lines.readLine(); json != null; json = lines.readLine()) {
      number++;
      for (SingleValidationMessage problem : validator.validateWithResult(json).getMessages()) {
        String words = problem.getMessage().replaceAll("\\s+", " ");
        System.out.println(number + " " + problem.getSeverity().getCode() + " [" + problem.getLocationString() + "] " + words);
      }
    }
    System.out.println("validated " + number);
  }
}
