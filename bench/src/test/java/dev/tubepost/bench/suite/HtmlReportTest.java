package dev.tubepost.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The report, read as XML: what does not close, or is not escaped, cannot be read. */
final class HtmlReportTest {

    private static final XPath XPATH = XPathFactory.newInstance().newXPath();
    private static final Scenario LOAD = Scenario.load("some-load", "a load");

    @Test
    void showsEveryScenarioInTheSummaryAndInDetail() throws Exception {
        Document report = parse(InventedResult.ofAllScenarios());

        for (Scenario scenario : Scenarios.all()) {
            assertThat(text(report, "//table[@class='summary']")).contains(scenario.title(), scenario.name());
            assertThat(text(report, "//details/summary[code='" + scenario.name() + "']"))
                    .contains(scenario.title());
            assertThat(text(report, "//*[@id='" + ScenarioDetails.anchor(scenario) + "']"))
                    .isNotEmpty();
        }
    }

    @Test
    void sumsUpWhatASlowBrokerCostsOthersInOneRowUnderItsOwnHeading() throws Exception {
        Document report = parse(InventedResult.ofAllScenarios());

        assertThat(text(report, "//table[@class='summary']"))
                .contains("seen by the callback", "seen by the handle")
                .doesNotContain("seen by the alone", "without the slow broker");
        String group = "//table[@class='summary']/tbody[tr/th[@class='kind']='Latency beside a slow broker']";
        assertThat(text(report, group + "/tr[1]")).contains("Latency p99", "p99 beside a slow broker / alone");
        assertThat(count(report, group + "/tr[th//code='slow-broker']")).isEqualTo(1);
        assertThat(count(report, group + "//td[@class='none']")).isZero();
    }

    @Test
    void saysWhereAndHowItWasMeasured() throws Exception {
        SuiteResult result = InventedResult.of(List.of());

        assertThat(text(parse(result), "//header"))
                .contains(result.machine(), result.jvm(), result.commit(), result.date(), result.command());
    }

    @Test
    void loadsNothingFromElsewhere() {
        assertThat(HtmlReport.of(InventedResult.ofAllScenarios()))
                .doesNotContain("<script", "<link", "<img", "src=", "url(", "@import", "https://");
    }

    @Test
    void takesTheRatioWithinEachPair() throws Exception {
        Document report = parse(LOAD, List.of(perSecond(200), perSecond(900)), List.of(perSecond(100), perSecond(300)));

        assertThat(text(report, "//table[@class='summary']//td[1]")).startsWith("2.50 2.00 – 3.00");
    }

    @Test
    void showsTheProblemInsteadOfARatio() throws Exception {
        Document report = parse(
                LOAD,
                List.of(perSecond(200), perSecond(200)),
                List.of(perSecond(100), Run.failed("the server counted other messages")));

        assertThat(text(report, "//table[@class='summary']//td"))
                .isEqualTo("no ratio kafka-clients: the server counted other messages");
        assertThat(text(report, "//details")).contains("the server counted other messages");
        assertThat(count(report, "//*[contains(@class, 'ratio')]")).isZero();
        assertThat(count(report, "//td[@class='times']")).isZero();
        assertThat(count(report, "//figure//*[local-name()='rect']")).isZero();
    }

    @Test
    void escapesWhatItWasTold() throws Exception {
        String hostile = "</td><script>alert(\"1\")</script> & 'x' \u0007\u001B[31m";
        Scenario scenario = Scenario.load("name<b>", "title<b>").with("option<b>", "value<b>");
        Run run = new Run(Map.of("metric<b>", 1.0), Map.of("setting<b>", "on\"<b>"), hostile);

        Document report = parse(scenario, List.of(run), List.of(run));

        assertThat(count(report, "//script | //td//b[not(.='no ratio')] | //th//b"))
                .isZero();
        assertThat(text(report, "//details"))
                .contains("name<b>", "title<b>", "option<b> value<b>", "metric<b>", "setting<b>", "on\"<b>")
                .contains("</td><script>alert(\"1\")</script> & 'x' \uFFFD\uFFFD[31m");
    }

    @Test
    void rendersASingleRunWithoutASpread() throws Exception {
        Document report = parse(LOAD, List.of(perSecond(200)), List.of(perSecond(100)));

        assertThat(text(report, "//table[@class='summary']//th[a]")).contains("1 pair");
        assertThat(text(report, "//table[@class='summary']//td[1]")).isEqualTo("2.00");
        assertThat(count(report, "//*[@class='whisker']")).isZero();
    }

    @Test
    void rendersWhatWasMeasuredOfOneClientOnly() throws Exception {
        Scenario latency = Scenario.latency("some-latency", "a latency", 10);
        Run ours = InventedResult.run(Map.of("handle_latency_p50_us", 12.0, "latency_p99_9_us", 0.0));

        Document report = parse(latency, List.of(ours), List.of(InventedResult.run(Map.of())));

        assertThat(text(report, "//table[@class='summary']//td[1]")).isEqualTo("not measured");
        assertThat(text(report, "//figure//li")).contains("tubepost, handle", "p50 12 µs");
        assertThat(text(report, "//details")).contains("Latency p50, handle", "Latency p99.9, callback");
    }

    @Test
    void rendersNothingThatWasMeasured() throws Exception {
        for (Scenario scenario : Scenarios.all()) {
            Document report = parse(scenario, List.of(), List.of());

            assertThat(text(report, "//figure")).contains("not measured");
            assertThat(text(report, "//table[@class='summary']//td[1]")).isEqualTo("not measured");
        }
    }

    @Test
    void callsAMetricThatItDoesNotKnowByItsName() throws Exception {
        Run run = InventedResult.run(Map.of("pages_faulted", 4.0));

        assertThat(text(parse(LOAD, List.of(run), List.of(run)), "//details//tr[contains(th, 'pages_faulted')]"))
                .contains("pages_faulted")
                .contains("4");
    }

    @Test
    void hasANameForEachMetricThatIsShownFirst() {
        for (Scenario scenario : Scenarios.all()) {
            for (String metric : Headline.metrics(scenario)) {
                assertThat(MetricLabel.of(metric).title()).isNotEqualTo(metric);
            }
        }
    }

    @Test
    void drawsTheCostOfPartitionsAsSoonAsThereAreTwoPlaces() throws Exception {
        Comparison few =
                Comparison.of(Scenario.load("ack-100", "few"), runs(List.of(perSecond(9)), List.of(perSecond(3))));
        Comparison many = Comparison.of(
                Scenario.load("partitions-1000", "many").with("partitions", 1000),
                runs(List.of(perSecond(8)), List.of(perSecond(2))));

        assertThat(text(parse(InventedResult.of(List.of(few, many))), "//section[@id='partitions']//figure"))
                .contains("Throughput", "tubepost", "kafka-clients", "1,000");
        Document one = parse(InventedResult.of(List.of(many)));
        assertThat(count(one, "//section[@id='partitions']")).isZero();
        assertThat(text(one, "//section[@id='load']//h4")).contains("many");
    }

    private static Run perSecond(double messages) {
        return InventedResult.run(Map.of(Comparison.THROUGHPUT, messages));
    }

    private static Map<Peer, List<Run>> runs(List<Run> ours, List<Run> theirs) {
        // In the order of the clients.
        return new EnumMap<>(Map.of(Peer.TUBEPOST, ours, Peer.KAFKA_CLIENTS, theirs));
    }

    private static Document parse(Scenario scenario, List<Run> ours, List<Run> theirs) throws Exception {
        return parse(InventedResult.of(List.of(Comparison.of(scenario, runs(ours, theirs)))));
    }

    private static Document parse(SuiteResult result) throws Exception {
        // Without namespaces, for shorter paths.
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(HtmlReport.of(result))));
    }

    /** Of all that the path leads to. */
    private static String text(Document report, String path) throws Exception {
        var nodes = (NodeList) XPATH.evaluate(path, report, XPathConstants.NODESET);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < nodes.getLength(); i++) {
            text.append(nodes.item(i).getTextContent());
        }
        return text.toString();
    }

    private static int count(Document report, String path) throws Exception {
        return ((Double) XPATH.evaluate("count(" + path + ")", report, XPathConstants.NUMBER)).intValue();
    }
}
