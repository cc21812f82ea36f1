# frozen_string_literal: true

module Greenspec
  # The events of one run: each numbered and written under one lock, before its step goes on, and never kept back.
  class Events
    # A pipe takes this many bytes in one piece.
    LIMIT = 4096
    # What a message may take of it.
    MESSAGE_ROOM = 2000

    attr_reader :last

    # @param out [IO] the channel's
    def initialize(out, run)
      @out = out
      @head = %({"jsonrpc":"2.0","method":"event","params":{"run":"#{run}","n":)
      @last = 0
      @lock = Thread::Mutex.new
      @closed = false
    end

    # @return [Integer] the event's number
    def started(thread, label) = write(thread, label, 'started')

    def entered(thread, label) = write(thread, label, 'entered')

    def finished(thread, label, value = nil)
      write(thread, label, 'finished', 'value', Values.encode(value)) { |room| Values.shortened(value, room) }
    end

    def raised(thread, label, error)
      message = Values.text(error.message)
      said = Values.encode(message)
      said = Values.shortened(message, MESSAGE_ROOM) if said.size > MESSAGE_ROOM
      write(thread, label, 'raised', 'error', %({"code":#{Values.encode(Greenspec.code_of(error).to_s)},"message":#{said}}))
    end

    # Ends the run and gives the last number. What green threads that were left behind still do is no event of it.
    def close
      @closed = true
      last
    end

    private

    # By hand, since names need no escapes and a JSON encoder would take longer than the write itself. In a blocking fiber, so that
    # neither the lock nor the write asks the Fiber scheduler.
    def write(thread, label, phase, detail = nil, json = nil)
      Native.blocking do
        @lock.synchronize do
          next @last if @closed

          @last += 1
          event = %(#{@head}#{@last},"thread":"#{thread}","os":#{Thread.current.native_thread_id},"at":#{Native.now.round(3)}) +
                  %(,"label":"#{label}","phase":"#{phase}")
          event << %(,"#{detail}":#{fit(json, LIMIT - event.size - 20) { |room| yield room }}) if detail
          Native.write(@out, event << "}}\n")
          @last
        end
      end
    end

    def fit(json, room)
      json.size <= room ? json : yield(room)
    end
  end
end
