# frozen_string_literal: true

module Greenspec
  # sleep, compute, wait, touch, synchronized, hold: the steps that are about switching, or about not switching.
  module Waiting
    # Rounds of arithmetic between two looks at a flag: about 0.2 ms.
    ROUNDS = 4000

    private

    def sleep(step)
      method = step['through'] == 'library' ? :sleep : :standard_sleep
      @runtime.public_send(method, *[step['seconds']].compact)
    end

    # The file that the harness makes to raise a flag.
    def flag_of(name) = File.join(@run.folder, "flag-#{name}")

    def compute(flag)
      path = flag_of(flag)
      number = 1
      ROUNDS.times { number = number * 31 % 65_537 } until File.exist?(path)
    end

    def wait(step, instance)
      line = step['through'] == 'green' ? wait_green(step['gate'], instance) : wait_raw(step['gate'])
      return line.chomp if line&.end_with?("\n")

      raise StepError.new('gate-lost', "gate #{step['gate']} was lost before the token came")
    end

    def wait_green(gate, instance)
      hello = "#{@run.nonce} #{gate} #{instance.name} #{instance.reported}\n"
      @runtime.receive(@run.gates['host'], @run.gates['port'], hello)
    rescue Errno::ECONNRESET, Errno::EPIPE
      nil
    end

    # Opens and reads the pipe by calls that block the OS thread, whatever the scheduler would make of them.
    def wait_raw(gate)
      Native.blocking { File.open(File.join(@run.folder, "pipe-#{gate}"), &:gets) }
    end

    def touch(what, instance)
      return File.read(File.join(@run.folder, 'readable.txt'), encoding: Encoding::UTF_8) if what == 'file'

      @run.log.info("#{@run.nonce} #{instance.name}")
      nil
    end

    def synchronized(step, instance)
      @runtime.synchronized(step['name']) do
        @events.entered(instance.name, step['label']) if step.key?('label')
        perform(step['steps'], instance)
      end
    end

    def hold(lock, &body)
      lock == 'early' ? Native::EARLY_LOCK.synchronize(&body) : @run.log.device.mon_synchronize(&body)
    end
  end
end
