package io.reprise.cli.contract;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reprise.catalog.contract.ContractGate;
import io.reprise.catalog.contract.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How the findings of the gate look to people and to scripts. */
final class GateOutput {

    private static final JsonMapper JSON = new JsonMapper();

    private GateOutput() {}

    static List<String> lines(ContractGate.Report report) {
        String found =
                report.isClean() ? "no finding" : counted(report.findings().size(), "finding");
        String sum = counted(report.subjects(), "contract") + " with " + counted(report.versions(), "version") + ", "
                + found;
        return Stream.concat(report.findings().stream().map(Finding::toString), Stream.of(sum))
                .toList();
    }

    private static String counted(int many, String what) {
        return many + " " + what + (many == 1 ? "" : "s");
    }

    static String json(Path folder, ContractGate.Report report) {
        ObjectNode document = JSON.createObjectNode();
        document.put("folder", folder.toString());
        document.put("clean", report.isClean());
        document.put("contracts", report.subjects());
        document.put("versions", report.versions());
        ArrayNode findings = document.putArray("findings");
        report.findings().forEach(finding -> findings.add(json(finding)));
        return document.toPrettyString();
    }

    private static ObjectNode json(Finding finding) {
        ObjectNode node = JSON.createObjectNode();
        node.put("subject", finding.subject());
        node.put("version", finding.version());
        finding.against().ifPresent(version -> node.put("against", version));
        node.put("path", finding.path());
        node.put("rule", finding.rule().written());
        node.put("found", finding.words());
        node.put("do", finding.rule().advice());
        node.put("waivable", finding.rule().waivable());
        node.put("file", finding.place().file());
        node.put("line", finding.place().line());
        node.put("column", finding.place().column());
        return node;
    }
}
