"""Services as teams run them, each with mistakes that moved its predictions and edits that did not."""

from tests.services.go import GO
from tests.services.java import JAVA
from tests.services.javascript import JAVASCRIPT, TYPESCRIPT
from tests.services.language_model import LANGUAGE_MODEL
from tests.services.python import PYTHON
from tests.services.ruby import RUBY
from tests.services.rust import RUST

SERVICES = (PYTHON, LANGUAGE_MODEL, JAVASCRIPT, TYPESCRIPT, JAVA, GO, RUST, RUBY)
