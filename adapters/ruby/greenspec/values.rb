# frozen_string_literal: true

require 'json'

module Greenspec
  # Values of a program: JSON without objects.
  module Values
    # Beyond this, integers travel as strings: a reader whose numbers are doubles would round them.
    EXACT = 2**53

    # JSON in ASCII, on one line; what JSON cannot say (an infinity) as a string.
    def self.encode(value)
      JSON.generate(value, ascii_only: true)
    rescue JSON::GeneratorError
      JSON.generate(text(value), ascii_only: true)
    end

    def self.decode(line)
      JSON.parse(line, max_nesting: 1000)
    end

    # JSON of at most so many characters for a value that needs more: the beginning of its text, ended by an ellipsis.
    def self.shortened(value, room)
      whole = value.is_a?(String) ? value : encode(value)
      keep = room
      loop do
        short = encode("#{whole[0, keep]}…")
        return short if short.size <= room

        keep = keep * room / short.size
      end
    end

    # Text that JSON can carry, whatever bytes it is made of.
    def self.text(given)
      text = given.to_s
      text = text.dup.force_encoding(Encoding::UTF_8) if text.encoding == Encoding::BINARY
      text.encode(Encoding::UTF_8, invalid: :replace, undef: :replace).scrub
    end

    # What a driver gives for one column, as a string, a number or nil.
    def self.plain(cell)
      case cell
      when nil, Float then cell
      when Integer then cell.abs <= EXACT ? cell : cell.to_s
      else text(cell)
      end
    end
  end
end
