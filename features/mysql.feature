@document:threading-model
Feature: MySQL access and eventlet
  A query through a C library blocks the one OS thread, and with it every green thread, patched or not.

  @MY-1 @must
  Rule: A query to MySQL blocks the service's main thread

    Scenario Outline: While a query waits for <a lock>, nobody makes progress (others ready: <ready>)
      Given <ready> green threads that are always ready
      And a green thread that queries MySQL through the C driver, for <a lock> that the suite holds
      When the program runs
      Then MySQL sees the query waiting
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

    @consequence
    Scenario: Whoever waits for the row of a sleeping green thread waits until MySQL gives up, since nobody can wake to let it go
      Given 10 green threads that are always ready
      And a green thread that queries MySQL through the C driver, for a row that a sleeping green thread holds
      When the program runs
      Then MySQL sees the query waiting
      And no other green thread runs meanwhile
      And the query ends with error 1205
      And afterwards everybody goes on

  @MY-3 @must
  Rule: Monkey-patching cannot reach blocking calls inside a C library

    Scenario Outline: Through the C driver a query blocks in a process that is <patched>
      Given a process that is <patched>
      And 10 green threads that are always ready
      And a green thread that queries MySQL through the C driver, for an advisory lock that the suite holds
      When the program runs
      Then the C driver is a C library, mapped into the process
      And MySQL sees the query waiting
      And the kernel sees the OS thread blocked while a byte lies unread
      And no other green thread runs meanwhile

      Examples:
        | patched            |
        | monkey-patched     |
        | not monkey-patched |

    Scenario: Through a driver in the language itself the same query blocks in a process that is not monkey-patched
      Given a process that is not monkey-patched
      And 10 green threads that are always ready
      And a green thread that queries MySQL through the native driver, for an advisory lock that the suite holds
      When the program runs
      Then MySQL sees the query waiting
      And the kernel sees the OS thread blocked while a byte lies unread
      And no other green thread runs meanwhile

    Scenario: Through a driver in the language itself the same query blocks nobody in a process that is monkey-patched
      Given a process that is monkey-patched
      And 10 green threads that are always ready
      And a green thread that queries MySQL through the native driver, for an advisory lock that the suite holds
      When the program runs
      Then MySQL sees the query waiting
      And another green thread runs meanwhile
      And the query gives the row that MySQL holds, once the suite lets go
      And afterwards everybody goes on
