type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element of XML; its content is text that is to be escaped, or elements that are not. Attributes that are undefined are left out. */
export function element(name: string, attributes: Attributes, content: string | readonly string[] = []): string {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  const start = [name, ...given.map(([key, value]) => `${key}="${attribute(String(value))}"`)].join(' ');
  if (content.length === 0) return `<${start}/>`;
  const inner = typeof content === 'string' ? escapeXml(content) : `\n${content.join('\n')}\n`;
  return `<${start}>${inner}</${name}>`;
}

const ESCAPED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Characters that XML 1.0 has no place for are not looked for here: `printable` leaves none. */
function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPED[character] as string);
}

/** In an attribute, the end of a line would be read as a space. */
function attribute(text: string): string {
  return escapeXml(text).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}
