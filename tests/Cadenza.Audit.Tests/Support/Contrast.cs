namespace Cadenza.Audit.Tests.Support;

/// <summary>Expressions that measure contrast and brightness in the page.</summary>
internal static class Contrast
{
    /// <summary>The brightness of the background, from 0 to 255.</summary>
    public const string Brightness = "Number(getComputedStyle(document.body).backgroundColor.match(/[0-9]+/)[0])";

    /// <summary>The elements with a text contrast ratio of less than 4.5:1 (WCAG 2.2, 1.4.3), each kind once.</summary>
    public const string FindLowContrast = """
        (() => {
          const parse = text => (text.match(/[0-9.]+/g) ?? []).map(Number);
          const channel = c => { c /= 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
          const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
          const backdrop = e => {
            for (; e; e = e.parentElement) {
              const color = parse(getComputedStyle(e).backgroundColor);
              if (color.length === 3 || color[3] > 0) { return color; }
            }
            return [255, 255, 255];
          };
          const found = new Set();
          let texts = 0;
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, n =>
            n.data.trim() && !n.parentElement.closest('script, style, noscript') && n.parentElement.checkVisibility()
              ? NodeFilter.FILTER_ACCEPT
              : NodeFilter.FILTER_REJECT);
          while (walker.nextNode()) {
            const e = walker.currentNode.parentElement, style = getComputedStyle(e);
            const front = luminance(parse(e.closest('svg') ? style.fill : style.color)), back = luminance(backdrop(e));
            const ratio = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
            texts++;
            if (ratio < 4.5) { found.add(e.tagName + '.' + (e.getAttribute('class') ?? '') + ' ' + ratio.toFixed(2)); }
          }
          if (texts < 100) { found.add('only ' + texts + ' texts were checked'); }
          return [...found];
        })()
        """;
}
