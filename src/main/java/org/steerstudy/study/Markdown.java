package org.steerstudy.study;

import com.vladsch.flexmark.html.HtmlRenderer;
import com.vladsch.flexmark.parser.Parser;
import com.vladsch.flexmark.util.data.MutableDataSet;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * The Markdown of study scripts as HTML that is safe to put into a page: CommonMark without images,
 * styles, scripts, forms and frames. Links open in another tab, so that nobody leaves a study by
 * reading on.
 */
public final class Markdown {

  private static final MutableDataSet OPTIONS =
      new MutableDataSet().set(HtmlRenderer.SUPPRESSED_LINKS, "(?i)(javascript|vbscript|data):.*");
  private static final Parser PARSER = Parser.builder(OPTIONS).build();
  private static final HtmlRenderer RENDERER = HtmlRenderer.builder(OPTIONS).build();

  private static final PolicyFactory POLICY =
      new HtmlPolicyBuilder()
          .allowElements(
              "h1",
              "h2",
              "h3",
              "h4",
              "h5",
              "h6",
              "p",
              "br",
              "hr",
              "ul",
              "ol",
              "li",
              "blockquote",
              "pre",
              "code",
              "em",
              "strong")
          .allowElements(
              (element, attributes) -> {
                attributes.add("target");
                attributes.add("_blank");
                return element;
              },
              "a")
          .allowAttributes("href")
          .onElements("a")
          .allowUrlProtocols("https", "http", "mailto")
          .requireRelsOnLinks("noopener", "noreferrer")
          .toFactory();

  private Markdown() {}

  /** Sanitised HTML of the text; empty for an empty text. */
  public static String toHtml(String markdown) {
    return POLICY.sanitize(RENDERER.render(PARSER.parse(markdown)));
  }
}
