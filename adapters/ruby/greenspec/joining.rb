# frozen_string_literal: true

module Greenspec
  # spawn, join, kill.
  module Joining
    private

    def spawn(step)
      thread = step['thread']
      start = @runtime.method(step.key?('through') ? :spawn_in_pool : :spawn)
      count = step['count'] || @run.threads[thread]['count'] || 1
      count.times { begin_one(thread, start) }
    end

    def begin_one(thread, start)
      spawned = @run.instance(thread)
      @run.instances[thread] << spawned
      spawned.handle = start.call { @run.live(thread, spawned) }
    rescue Exception
      # There is none to join: it is the spawn that failed.
      @run.instances[thread].delete(spawned)
      @run.forget(spawned)
      raise
    end

    def join(thread, instance)
      failure = nil
      results = @run.instances[thread].dup.map do |spawned|
        ending(spawned, instance)
      rescue StandardError => e
        failure ||= e
      end
      raise failure if failure

      results.size > 1 ? results : results.first
    end

    def ending(spawned, instance)
      value = begin
        @runtime.join(spawned.handle)
      rescue Exception => e
        raise if e.is_a?(StandardError) || instance.killed || !spawned.cut?
      end
      # Runtimes differ in what they give: an error, the error as a value, nothing.
      raise StepError.new('killed', "#{spawned.name} was killed") if spawned.cut?

      value
    end

    def kill(thread)
      @run.instances[thread].dup.each do |spawned|
        spawned.killed = true
        @runtime.kill(spawned.handle)
        @run.forget(spawned) unless spawned.begun
      end
    end
  end
end
