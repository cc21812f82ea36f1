@document:threading-model
Feature: MySQL access and eventlet
  A query through a C library blocks the one OS thread, and with it every green thread, patched or not.

  @MY-1 @must
  Rule: A query to MySQL blocks the service's main thread

    Scenario Outline: While a query waits for <a lock>, nobody makes progress (others ready: <ready>)
      Given <ready> green threads that are always ready
      And a green thread that queries MySQL through the C driver, for <a lock> that the suite holds
      When the program runs
      Then MySQL sees 1 query waiting at once
      And the kernel sees the OS thread blocked while a byte lies unread
      And no other green thread runs meanwhile
      And the query gives the row that MySQL holds, once the suite lets go
      And afterwards everybody goes on

      Examples:
        | a lock           | ready |
        | an advisory lock | 1     |
        | an advisory lock | 10    |
        | an advisory lock | 100   |
        | a row            | 1     |
        | a row            | 10    |
        | a row            | 100   |

    Scenario: Of three green threads that query at once, the server sees one at a time
      Given 3 green threads, each of which asks MySQL for a row of its own through the C driver, while the suite holds them up
      When the program runs
      Then MySQL sees 1 query waiting at once
      And each gets the row that it asked for
      And every green thread comes to its end

    Scenario: A timer that falls due during the query fires after it
      Given 10 green threads that are always ready
      And a timer that falls due meanwhile
      And a green thread that queries MySQL through the C driver, for an advisory lock that the suite holds
      When the program runs
      Then MySQL sees 1 query waiting at once
      And the timer fires only afterwards
      And afterwards everybody goes on

    @consequence
    Scenario: Whoever waits for the row of a sleeping green thread waits until MySQL gives up, since nobody can wake to let it go
      Given 10 green threads that are always ready
      And a green thread that queries MySQL through the C driver, for a row that a sleeping green thread holds
      When the program runs
      Then MySQL sees 1 query waiting at once
      And the kernel sees the OS thread blocked while a byte lies unread
      And no other green thread runs meanwhile
      And the query ends with error 1205
      And afterwards everybody goes on

  @MY-2 @must
  Rule: The reason is that the driver is an external C library

    Scenario: The driver that blocks is a C library
      Given 10 green threads that are always ready
      And a green thread that queries MySQL through the C driver, for an advisory lock that the suite holds
      When the program runs
      Then the C driver is a C library, mapped into the process
      And the kernel sees the OS thread blocked while a byte lies unread
      And no other green thread runs meanwhile

    Scenario: The same query blocks nobody through a driver in the language itself, where that is monkey-patched
      Given a process that is monkey-patched
      And 10 green threads that are always ready
      And a green thread that queries MySQL through the native driver, for an advisory lock that the suite holds
      When the program runs
      Then MySQL sees 1 query waiting at once
      And another green thread runs meanwhile
      And the query gives the row that MySQL holds, once the suite lets go
      And afterwards everybody goes on

  @MY-3 @must
  Rule: Monkey-patching cannot reach blocking calls inside a C library

    Scenario Outline: Through the C driver a query for <a lock> blocks in a process that is <patched>
      Given a process that is <patched>
      And 10 green threads that are always ready
      And a green thread that queries MySQL through the C driver, for <a lock> that the suite holds
      When the program runs
      Then MySQL sees 1 query waiting at once
      And the kernel sees the OS thread blocked while a byte lies unread
      And no other green thread runs meanwhile
      And the query gives the row that MySQL holds, once the suite lets go
      And afterwards everybody goes on

      Examples:
        | patched            | a lock           |
        | monkey-patched     | an advisory lock |
        | not monkey-patched | an advisory lock |
        | monkey-patched     | a row            |
        | not monkey-patched | a row            |

    Scenario: Through a driver in the language itself the same query blocks in a process that is not monkey-patched
      Given a process that is not monkey-patched
      And 10 green threads that are always ready
      And a green thread that queries MySQL through the native driver, for an advisory lock that the suite holds
      When the program runs
      Then MySQL sees 1 query waiting at once
      And the kernel sees the OS thread blocked while a byte lies unread
      And no other green thread runs meanwhile
      And the query gives the row that MySQL holds, once the suite lets go
      And afterwards everybody goes on

    Scenario: Through a driver in the language itself the same query blocks nobody in a process that is monkey-patched
      Given a process that is monkey-patched
      And 10 green threads that are always ready
      And a green thread that queries MySQL through the native driver, for a row that the suite holds
      When the program runs
      Then MySQL sees 1 query waiting at once
      And another green thread runs meanwhile
      And the query gives the row that MySQL holds, once the suite lets go
      And afterwards everybody goes on

  @MY-4 @info
  Rule: A thread pool did not block, and brought a bug for which it was taken out

    Scenario: In a thread pool the query blocks nobody
      Given a green thread that queries MySQL through the C driver in a thread pool, for an advisory lock that the suite holds
      And 2 green threads pending
      When the program runs
      Then MySQL sees 1 query waiting at once
      And another green thread runs meanwhile
      And the query gives the row that MySQL holds, once the suite lets go

    Scenario: In a thread pool three queries are at the server at once, and each result reaches the one who asked
      Given 3 green threads, each of which asks MySQL for a row of its own through the C driver in a thread pool, while the suite holds them up
      When the program runs
      Then MySQL sees 3 queries waiting at once
      And each gets the row that it asked for
      And all run on one OS thread, which the kernel knows
      And the process has further OS threads

    Scenario: With as many waiters as the pool has threads, the commit that would free them has none left
      Given 4 green threads, which wait in the thread pool for a row that another is to commit
      When the program runs
      Then MySQL sees 4 queries waiting at once
      And the commit comes only after error 1205

    Scenario: With one waiter fewer the commit lets everybody through
      Given 3 green threads, which wait in the thread pool for a row that another is to commit
      When the program runs
      Then MySQL sees 3 queries waiting at once
      And the commit lets everybody through

    Scenario: A pool of four connections never has more than four at the server
      Given 12 green threads, each of which borrows a connection from the pool and gives it back
      When the program runs
      Then MySQL sees 4 connections at the most
      And every green thread comes to its end
