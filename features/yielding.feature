@document:threading-model
Feature: Yielding the thread in long-running tasks
  Long work that never switches holds everybody up; a sleep in its midst lets the others run.

  @YT-3a @must
  Rule: A sleep switches if others are pending

    Scenario Outline: When a sleep of 0 returns, at least one that was pending has run (pending: <pending>)
      Given <pending> green threads pending
      And a green thread that sleeps for 0 seconds
      When the program runs
      Then another green thread runs meanwhile

      Examples:
        | pending |
        | 1       |
        | 2       |
        | 10      |

    @should
    Scenario Outline: When a sleep of 0 returns, each that was pending has run (pending: <pending>)
      Given <pending> green threads pending
      And a green thread that sleeps for 0 seconds
      When the program runs
      Then every pending green thread runs meanwhile

      Examples:
        | pending |
        | 1       |
        | 2       |
        | 10      |

  @YT-3b @must
  Rule: With 0 as its argument, a sleep adds no delay where there is only one green thread

    Scenario: A sleep of 0 does not send the OS thread to sleep, as one of more does
      Given a green thread that sleeps 100 times for 0 seconds, then 100 times for a short while
      When the program runs
      Then the OS thread goes to sleep next to never for 0 seconds, and next to every time for more
