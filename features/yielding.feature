@document:threading-model
Feature: Yielding the thread in long-running tasks
  Long work that never switches holds everybody up; a sleep in its midst lets the others run.

  @YT-1 @must
  Rule: Long work that calls nothing that switches holds up everybody who is pending

    Scenario: Pending green threads, a timer and bytes are served only after the work
      Given 10 green threads pending
      And 10 green threads that are always ready
      And a timer that falls due meanwhile
      And a green thread that computes
      When the program runs
      Then no other green thread runs meanwhile
      And the timer fires only afterwards
      And afterwards everybody goes on

  @YT-2 @must
  Rule: Calls of the library's sleep placed in that work let the others run

    Scenario: In every gap of the work somebody runs, and timer and bytes are served before it ends
      Given 10 green threads that are always ready
      And a timer that falls due meanwhile
      And a green thread that computes in slices, with a sleep of 0 after each
      When the program runs
      Then another green thread runs in every gap
      And the timer and the byte are served before it ends
      And every green thread comes to its end

    Scenario: With nobody else ready, timer and bytes are served before the work ends, too

      A hub that gets to nothing else while anybody is ready would keep the work of the scenario above from its beginning. Here
      only the work itself is ready.

      Given a timer that falls due meanwhile
      And a green thread that computes in slices, with a sleep of 0 after each
      When the program runs
      Then the timer and the byte are served before it ends
      And every green thread comes to its end

    @should
    Scenario: In every gap each green thread that is pending runs
      Given 5 green threads pending
      And a green thread that computes in slices, with a sleep of 0 after each
      When the program runs
      Then every pending green thread runs in every gap

  @YT-3a @must
  Rule: A sleep switches if others are pending

    Scenario Outline: When a sleep of 0 returns, at least one that was pending has run (pending: <pending>)
      Given <pending> green threads pending
      And a green thread that sleeps for 0 seconds
      When the program runs
      Then another green thread runs meanwhile
      And every green thread comes to its end

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
      And every green thread comes to its end

      Examples:
        | pending |
        | 1       |
        | 2       |
        | 10      |

  @YT-3b @must
  Rule: With 0 as its argument, a sleep adds no delay where there is only one green thread

    Scenario: A sleep of 0 does not send the OS thread to sleep, as one of more does
      Given a green thread that calls the library's sleep(0) 100 times, then sleeps 100 times for a short while
      When the program runs
      Then the OS thread goes to sleep next to never, and next to every time for a short while

  @YT-4 @must
  Rule: The call is the library's sleep with 0

    Scenario: The library's sleep with 0 switches in the midst of other work
      Given 10 green threads that are always ready
      And 2 green threads pending
      And a green thread that sleeps for 0 seconds
      When the program runs
      Then another green thread runs meanwhile

    @consequence
    Scenario Outline: A sleep without an argument switches just as well (pending: <pending>)
      Given <pending> green threads pending
      And a green thread that sleeps without an argument
      When the program runs
      Then another green thread runs meanwhile
      And every green thread comes to its end

      Examples:
        | pending |
        | 1       |
        | 2       |
        | 10      |

    @consequence
    Scenario: A sleep without an argument does not send the OS thread to sleep either
      Given a green thread that calls the library's sleep() 100 times, then sleeps 100 times for a short while
      When the program runs
      Then the OS thread goes to sleep next to never, and next to every time for a short while

    @consequence
    Scenario: With 0 and without an argument, turns come in the same order
      Given a green thread that lets 3 take turns with the library's sleep(0), then 3 others with the library's sleep()
      When the program runs
      Then both have their turns in the same order

  @YT-5 @must
  Rule: The standard library's sleep with 0 does the same once it is monkey-patched

    Scenario Outline: Patched, the standard library's sleep of 0 switches (pending: <pending>)
      Given a process that is monkey-patched
      And <pending> green threads pending
      And a green thread that sleeps for 0 seconds through the standard library
      When the program runs
      Then another green thread runs meanwhile
      And every green thread comes to its end

      Examples:
        | pending |
        | 1       |
        | 2       |
        | 10      |

    Scenario: Patched, the standard library's sleep of 0 does not send the OS thread to sleep
      Given a process that is monkey-patched
      And a green thread that calls the standard library's sleep(0) 100 times, then sleeps 100 times for a short while
      When the program runs
      Then the OS thread goes to sleep next to never, and next to every time for a short while

    Scenario: Patched, turns come in the same order with either sleep
      Given a process that is monkey-patched
      And a green thread that lets 3 take turns with the library's sleep(0), then 3 others with the standard library's sleep(0)
      When the program runs
      Then both have their turns in the same order

    @consequence
    Scenario Outline: Not patched, the standard library's sleep of <seconds> seconds switches to nobody
      Given a process that is not monkey-patched
      And 10 green threads that are always ready
      And a green thread that sleeps for <seconds> seconds through the standard library
      When the program runs
      Then no other green thread runs meanwhile
      And afterwards everybody goes on

      Examples:
        | seconds |
        | 0       |
        | 0.05    |

  @YT-6 @should
  Rule: The library's sleep is to be preferred: it works whether or not anything was patched

    Those who are always ready sleep through the library, too: where that does not switch, they are called off, and the pending
    ones are left to tell.

    Scenario Outline: The library's sleep of 0 switches in a process that is <patched>
      Given a process that is <patched>
      And 10 green threads that are always ready
      And 2 green threads pending
      And a green thread that sleeps for 0 seconds
      When the program runs
      Then another green thread runs meanwhile
      And every green thread comes to its end

      Examples:
        | patched            |
        | monkey-patched     |
        | not monkey-patched |
