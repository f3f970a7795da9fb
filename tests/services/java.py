"""A service in Java."""

from tests.services.planting import Edit, Mistake, Service

JAVA = Service(
    name="Java",
    files={
        "README.md": "x\n",
        "pom.xml": "<project><version>1.0</version></project>\n",
        "src/main/java/risk/ScoreController.java": """\
package risk;

import org.springframework.web.bind.annotation.*;

@RestController
public class ScoreController {
    private final Scorer scorer;

    public ScoreController(Scorer scorer) {
        this.scorer = scorer;
    }

    @PostMapping("/score")
    public double score(@RequestBody Order order) {
        return scorer.score(order);
    }

    @GetMapping("/health")
    public String health() {
        return "ok";
    }
}
""",
        "src/main/java/risk/Scorer.java": """\
package risk;

public class Scorer {
    private static final double SCALE = 0.5;
    private final Features features = new Features();

    public double score(Order order) {
        double x = features.amount(order);
        if (x > 10) {
            return 1.0;
        }
        return x * SCALE;
    }
}
""",
        "src/main/java/risk/Features.java": """\
package risk;

public class Features {
    public double amount(Order order) {
        return order.cents / 100.0;
    }

    public int items(Order order) {
        return order.items.size();
    }
}
""",
        "src/main/java/risk/Report.java": """\
package risk;

public class Report {
    public String line(int n) {
        return "n=" + n * 10;
    }
}
""",
        "src/main/resources/application.properties": """\
server.port=8080
logging.level.root=INFO
""",
    },
    entry="src/main/java/risk/ScoreController.java:score",
    harmless=(
        Edit(name="readme", path="README.md", old="x", new="y", subject="Docs"),
        Edit(
            name="report",
            path="src/main/java/risk/Report.java",
            old='      return "n=" + n * 10;',
            new='      return "n=" + n * 20;',
            subject="Double n",
        ),
        Edit(
            name="pom",
            path="pom.xml",
            old="<project><version>1.0</version></",
            new="<project><version>1.1</version></",
            subject="1.1",
        ),
        Edit(
            name="port",
            path="src/main/resources/application.properties",
            old="server.port=8080",
            new="server.port=8081",
            subject="Other port",
        ),
        Edit(
            name="healthj",
            path="src/main/java/risk/ScoreController.java",
            old='        return "ok";',
            new='        return "OK";',
            subject="Shout",
        ),
    ),
    mistakes=(
        Mistake(
            edit=Edit(
                name="jscale",
                path="src/main/java/risk/Scorer.java",
                old="SCALE = 0.5",
                new="SCALE = 0.8",
                subject="Adjust",
            ),
            times=1.6,
        ),
        Mistake(
            edit=Edit(
                name="jcents",
                path="src/main/java/risk/Features.java",
                old=" / 100.0",
                new="",
                subject="Keep cents",
            ),
            times=50.0,
        ),
        Mistake(
            edit=Edit(
                name="jbound",
                path="src/main/java/risk/Scorer.java",
                old="x > 10",
                new="x > 1",
                subject="Lower bound",
            ),
            times=1.7,
        ),
    ),
)
