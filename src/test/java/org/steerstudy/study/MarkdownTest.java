package org.steerstudy.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTest {

  @Test
  void structureAndEmphasisAreKept() {
    assertEquals(
        "<h2>Title</h2>\n<p>An <strong>apple</strong> is <em>not</em> a boat.</p>\n"
            + "<ul><li>one</li><li>two</li></ul>\n",
        Markdown.toHtml("## Title\n\nAn **apple** is *not* a boat.\n\n- one\n- two\n"));
  }

  @Test
  void anEmptyTextStaysEmpty() {
    assertEquals("", Markdown.toHtml(""));
  }

  @Test
  void linksOpenInAnotherTabAndTellItNothing() {
    String html = Markdown.toHtml("[paper](https://arxiv.org/abs/2604.11467)");
    assertTrue(html.contains("href=\"https://arxiv.org/abs/2604.11467\""), html);
    assertTrue(html.contains("target=\"_blank\""), html);
    assertTrue(html.contains("noopener") && html.contains("noreferrer"), html);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "<a href=\"java\nscript:alert(1)\">x</a>",
        "<iframe src=\"https://example.org\"></iframe>",
        "<form action=\"https://example.org\"><input></form>",
        "<p style=\"position:fixed\" onclick=\"alert(1)\">x</p>",
        "![x](https://example.org/pixel.png)",
        "<svg><a xlink:href=\"javascript:alert(1)\">x</a></svg>"
      })
  void whatCouldActOrFetchIsRemoved(String markdown) {
    String html = Markdown.toHtml(markdown).toLowerCase(java.util.Locale.ROOT);
    for (String harmful :
        new String[] {
          "<script",
          "<img",
          "<iframe",
          "<form",
          "<input",
          "<svg",
          "javascript:",
          "data:",
          "onerror",
          "onclick",
          "style="
        }) {
      assertFalse(html.contains(harmful), html);
    }
  }
}
