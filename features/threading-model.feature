@document:threading-model
Feature: Threading model
  A service does its work on green threads: they take turns on one thread of the operating system, and give their turn
  away at particular calls only.

  @TM-1 @must
  Rule: A service does its work on green threads, which a library provides

    Scenario Outline: Green threads that are started come to their end (green threads: <count>)
      Given <count> green threads, each of which adds 1 to a shared number, with no switch in between
      When the program runs
      Then every green thread comes to its end

      Examples:
        | count |
        | 1     |
        | 10    |
        | 200   |

    @consequence
    Scenario: What a green thread returns reaches whoever waits for it
      Given 10 green threads, each of which returns a value of its own
      When the program runs
      Then whoever waits for them gets what each returned

    @consequence
    Scenario: What a green thread raises reaches whoever waits for it
      Given 10 green threads, each of which raises an error of its own
      When the program runs
      Then whoever waits for them gets what each raised

    @consequence
    Scenario: A green thread that raises takes no other down
      Given 10 green threads, the first of which raises an error
      When the program runs
      Then every other green thread comes to its end

  @TM-2 @must
  Rule: Scheduling is cooperative: a switch happens only inside particular calls of the library

    Without the others being ready, "nobody ran" would be no news: they count their turns, and are shown to have had some
    before and after.

    Scenario Outline: A green thread that computes is never interrupted (others ready: <ready>)
      Given <ready> green threads that are always ready
      And a green thread that computes
      When the program runs
      Then no other green thread runs meanwhile
      And the kernel sees the OS thread busy while a byte lies unread
      And afterwards everybody goes on

      Examples:
        | ready |
        | 1     |
        | 10    |
        | 100   |

    Scenario Outline: A green thread that <does something> switches to nobody
      Given 10 green threads that are always ready
      And a green thread that <does something>
      When the program runs
      Then no other green thread runs meanwhile
      And afterwards everybody goes on

      Examples:
        | does something                      |
        | calls functions and does arithmetic |
        | raises errors and catches them      |
        | reads a regular file                |

    @should
    Scenario: A green thread that writes to a log nobody else writes to switches to nobody
      Given 10 green threads that are always ready
      And a green thread that writes lines to a log file
      When the program runs
      Then no other green thread runs meanwhile
      And afterwards everybody goes on

    @consequence
    Scenario Outline: A green thread that <does something> lets another run
      Given 10 green threads that are always ready
      And a green thread that <does something>
      When the program runs
      Then another green thread runs meanwhile
      And every green thread comes to its end

      Examples:
        | does something                       |
        | sleeps for 0.01 seconds              |
        | sleeps for 0 seconds                 |
        | waits for bytes                      |
        | waits for a lock that another holds  |
        | waits for another green thread to end |

    Scenario Outline: A sleep of <seconds> seconds lasts at least as long as was asked
      Given a green thread that sleeps for <seconds> seconds
      When the program runs
      Then it lasts at least <seconds> seconds
      And every green thread comes to its end

      Examples:
        | seconds |
        | 0.001   |
        | 0.02    |

    @consequence
    Scenario: A wait for bytes ends when they come, and not before
      Given a green thread that waits for bytes with nobody else around
      When the program runs
      Then it ends because the bytes came, and not before
      And every green thread comes to its end

  @TM-3 @must
  Rule: The operating system sees one thread

    Scenario: All green threads run on one OS thread
      Given 10 green threads, each of which reports where it runs
      When the program runs
      Then all run on one OS thread, which the kernel knows
      And every green thread comes to its end

    Scenario: A thousand green threads take no OS thread more than one does
      Given a green thread that starts 1 green thread that sleeps, then 999 more
      When the program runs
      Then the kernel counts no OS thread more for 1000 green threads than for one

  @TM-4 @must
  Rule: Races are less likely than with preemption, and still possible

    Each green thread is held between its reading and its writing until all have read: the order in which the update is lost
    is not hoped for but led to.

    @guarantee
    Scenario Outline: With no switch between reading and writing, no update is lost (green threads: <count>)
      Given <count> green threads, each of which adds 1 to a shared number <times> times, with no switch in between
      When the program runs
      Then 0 updates are lost

      Examples:
        | count | times |
        | 2     | 100   |
        | 10    | 10    |
        | 100   | 3     |

    Scenario Outline: With a switch between reading and writing, all updates but one are lost (green threads: <count>)
      Given <count> green threads, each of which adds 1 to a shared number
      When the suite lets none of them finish before all have begun, as far as it can
      Then <lost> updates are lost

      Examples:
        | count | lost |
        | 2     | 1    |
        | 10    | 9    |

    Scenario: With a switch between looking and making, a missing thing is made twice
      Given 2 green threads, each of which makes a shared thing if it is missing
      When the suite lets none of them finish before all have begun, as far as it can
      Then it is made 2 times

    Scenario: Of the orders of two updates with a switch between reading and writing, two in three lose one
      Given 2 green threads, each of which adds 1 to a shared number
      When every order is tried
      Then in 4 of 6 orders an update is lost

    Scenario: Of the orders of two who look and then make, two in three make a missing thing twice
      Given 2 green threads, each of which makes a shared thing if it is missing
      When every order is tried
      Then in 4 of 6 orders a missing thing is made twice

  @TM-5 @must
  Rule: Under a lock, the synchronized decorator of lockutils, there are no races

    Scenario Outline: Under the lock no update is lost (green threads: <count>)
      Given <count> green threads, each of which adds 1 to a shared number under the lock "till"
      When the suite lets none of them finish before all have begun, as far as it can
      Then 0 updates are lost
      And no two are ever inside together
      And every green thread comes to its end

      Examples:
        | count |
        | 2     |
        | 10    |

    Scenario: Under the lock a missing thing is made once
      Given 2 green threads, each of which makes a shared thing if it is missing under the lock "till"
      When the suite lets none of them finish before all have begun, as far as it can
      Then it is made 1 time
      And every green thread comes to its end

    Scenario: Sections under one name never overlap, though each switches inside
      Given 3 green threads, each of which switches inside under the lock "till"
      When the suite lets none of them finish before all have begun, as far as it can
      Then no two are ever inside together
      And every green thread comes to its end

    Scenario: Sections under one name never overlap, though each comes again as soon as it has left
      Given 3 green threads, each of which goes in twice under the lock "till", the second time as soon as it is out
      When the suite lets none of them finish before all have begun, as far as it can
      Then no two are ever inside together
      And every green thread comes to its end

    Scenario: Sections under two names overlap
      Given 2 green threads, each of which switches inside under a lock of its own
      When the suite lets none of them finish before all have begun, as far as it can
      Then two are inside together
      And every green thread comes to its end

    Scenario: Under the lock no order loses an update
      Given 2 green threads, each of which adds 1 to a shared number under the lock "till"
      When every order is tried
      Then in 0 of 6 orders an update is lost

    Scenario: Under the lock no order lets two in together, though each comes again as soon as it has left
      Given 2 green threads, each of which goes in twice under the lock "till", the second time as soon as it is out
      When every order is tried
      Then in 0 of 10 orders two are inside together

    Scenario: Under the lock no order leaves one waiting once the lock is free
      Given 2 green threads, each of which goes in twice under the lock "till", the second time as soon as it is out
      When every order is tried
      Then in 0 of 10 orders one waits for a lock that nobody holds

    @consequence
    Scenario: A section that raises leaves the lock free
      Given 2 green threads, the first of which raises an error under the lock "till" before the other takes it
      When the program runs
      Then the other one enters
      And every green thread comes to its end

    @consequence
    Scenario: While one waits for the lock, those who do not need it go on
      Given 10 green threads that are always ready
      And a green thread that waits for a lock that another holds
      When the program runs
      Then another green thread runs meanwhile
      And every green thread comes to its end

    @consequence
    Scenario: Locks that are taken in opposite order can leave both waiting
      Given 2 green threads, which take two locks, the second in the opposite order
      When every order is tried
      Then in 4 of 8 orders all that are left wait for each other

  @TM-6 @must
  Rule: A call that blocks the one OS thread stops every green thread of the process

    Scenario Outline: The standard library's sleep, not patched, holds everybody up (others ready: <ready>)
      Given a process that is not monkey-patched
      And <ready> green threads that are always ready
      And a timer that falls due meanwhile
      And a green thread that sleeps for 0.3 seconds through the standard library
      When the program runs
      Then no other green thread runs meanwhile
      And the kernel sees the OS thread blocked while a byte lies unread
      And the timer fires only afterwards
      And afterwards everybody goes on

      Examples:
        | ready |
        | 1     |
        | 10    |
        | 100   |

    Scenario Outline: A read from a pipe that nothing has patched holds everybody up (others ready: <ready>)
      Given <ready> green threads that are always ready
      And a timer that falls due meanwhile
      And a green thread that reads from a pipe that nothing has patched
      When the program runs
      Then no other green thread runs meanwhile
      And the kernel sees the OS thread blocked while a byte lies unread
      And the timer fires only afterwards
      And afterwards everybody goes on

      Examples:
        | ready |
        | 1     |
        | 10    |
        | 100   |

    Scenario Outline: A long computation holds everybody up (others ready: <ready>)
      Given <ready> green threads that are always ready
      And a timer that falls due meanwhile
      And a green thread that computes
      When the program runs
      Then no other green thread runs meanwhile
      And the kernel sees the OS thread busy while a byte lies unread
      And the timer fires only afterwards
      And afterwards everybody goes on

      Examples:
        | ready |
        | 1     |
        | 10    |
        | 100   |

    @consequence
    Scenario: Once a call that blocked has come back, everybody goes on

      In the scenarios above, those who never have a turn again could not have been seen to have none meanwhile either.

      Given a process that is not monkey-patched
      And 10 green threads that are always ready
      And a green thread that sleeps for 0.3 seconds through the standard library
      When the program runs
      Then afterwards everybody goes on
