"""A service in Ruby."""

from tests.services.planting import Edit, Mistake, Service

RUBY = Service(
    name="Ruby",
    files={
        "README.md": "x\n",
        "Gemfile": 'gem "rails", "7.0"\n',
        "app/controllers/scores_controller.rb": """\
class ScoresController < ApplicationController
  def create
    render json: { score: Scorer.new.score(params) }
  end
end
""",
        "app/services/scorer.rb": """\
class Scorer
  WEIGHT = 0.3

  def score(order)
    amount(order) * WEIGHT + bonus(order)
  end

  def amount(order)
    order[:cents] / 100.0
  end

  def bonus(order)
    order[:items].to_i > 3 ? 0.1 : 0.0
  end
end
""",
        "app/mailers/report_mailer.rb": """\
class ReportMailer
  def subject(n)
    "#{n * 2} reports"
  end
end
""",
        "config/settings.yml": """\
mail:
  from: a@b.c
  retries: 3
""",
    },
    entry="app/services/scorer.rb:score",
    harmless=(
        Edit(name="readme", path="README.md", old="x", new="y", subject="Docs"),
        Edit(
            name="mailer",
            path="app/mailers/report_mailer.rb",
            old='    "#{n * 2} reports"',
            new='    "#{n * 3} reports"',
            subject="Count all",
        ),
        Edit(
            name="retries",
            path="config/settings.yml",
            old="  retries: 3",
            new="  retries: 5",
            subject="Retry more",
        ),
        Edit(
            name="rails",
            path="Gemfile",
            old='gem "rails", "7.0"',
            new='gem "rails", "7.1"',
            subject="Rails 7.1",
        ),
    ),
    mistakes=(
        Mistake(
            edit=Edit(
                name="rweight",
                path="app/services/scorer.rb",
                old="WEIGHT = 0.3",
                new="WEIGHT = 0.6",
                subject="Weights",
            ),
            times=1.9,
        ),
        Mistake(
            edit=Edit(
                name="rbonus",
                path="app/services/scorer.rb",
                old="> 3 ? 0.1",
                new="> 3 ? 1.0",
                subject="Bonus",
            ),
            times=1.4,
        ),
        Mistake(
            edit=Edit(
                name="rcents",
                path="app/services/scorer.rb",
                old="/ 100.0",
                new="/ 1000.0",
                subject="Fix amount",
            ),
            times=0.1,
        ),
    ),
)
