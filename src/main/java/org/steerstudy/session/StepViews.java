package org.steerstudy.session;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.steerstudy.study.ConsentItem;
import org.steerstudy.study.ConsentStep;
import org.steerstudy.study.DebriefStep;
import org.steerstudy.study.Item;
import org.steerstudy.study.Markdown;
import org.steerstudy.study.PictureShelf;
import org.steerstudy.study.PictureShelf.ShelvedPicture;
import org.steerstudy.study.Prompts;
import org.steerstudy.study.QuestionnaireStep;
import org.steerstudy.study.Step;
import org.steerstudy.study.StudyScript;
import org.steerstudy.study.TextStep;
import org.steerstudy.study.WorkbenchStep;

/** Turns a step of a script into what its participant may see. */
@ApplicationScoped
class StepViews {

  private final PictureShelf pictures;

  StepViews(PictureShelf pictures) {
    this.pictures = pictures;
  }

  StepView of(StudyScript script, Step step, String scriptSha256) {
    if (step instanceof ConsentStep consent) {
      return new StepView.Consent(
          consent.id(),
          consent.type(),
          consent.title(),
          Markdown.toHtml(consent.text()),
          consent.items().stream().map(StepViews::item).toList(),
          scriptSha256);
    }
    if (step instanceof TextStep text) {
      return new StepView.Text(text.id(), text.type(), text.title(), Markdown.toHtml(text.text()));
    }
    if (step instanceof QuestionnaireStep questionnaire) {
      return new StepView.Questionnaire(
          questionnaire.id(),
          questionnaire.type(),
          questionnaire.title(),
          Markdown.toHtml(questionnaire.text()),
          questionnaire.items().stream().map(StepViews::item).toList());
    }
    if (step instanceof DebriefStep debrief) {
      return new StepView.Debrief(
          debrief.id(), debrief.type(), debrief.title(), Markdown.toHtml(debrief.text()));
    }
    if (step instanceof WorkbenchStep workbench) {
      return workbench(script, workbench);
    }
    throw new IllegalStateException("unknown kind of step " + step.getClass());
  }

  private StepView.Workbench workbench(StudyScript script, WorkbenchStep step) {
    ShelvedPicture picture = pictures.find(script.model().library(), step.image()).orElseThrow();
    List<StepView.Prompt> prompts = new ArrayList<>();
    for (Prompts.Entry entry : step.prompts().entries()) {
      prompts.add(new StepView.Prompt(prompts.size(), entry.name(), entry.text()));
    }
    return new StepView.Workbench(
        step.id(),
        step.type(),
        step.title(),
        Markdown.toHtml(step.task()),
        new StepView.Image(
            "/api/pictures/" + picture.sha256(), picture.widthPx(), picture.heightPx()),
        prompts,
        step.prompts().indexOf(step.target()),
        step.contrast() == null ? null : step.prompts().indexOf(step.contrast()),
        step.panels(),
        step.operations(),
        step.doses(),
        step.ask(),
        step.answer(),
        step.attempts());
  }

  private static StepView.Item item(ConsentItem item) {
    return StepView.Item.of(item.id(), "consent", item.text(), item.required());
  }

  private static StepView.Item item(Item item) {
    StepView.Item view = StepView.Item.of(item.id(), item.type(), item.text(), item.required());
    if (item instanceof Item.Choice choice) {
      return view.withOptions(choice.options());
    }
    if (item instanceof Item.Multiple multiple) {
      return view.withOptions(multiple.options());
    }
    if (item instanceof Item.Likert likert) {
      return view.withPoints(likert.points(), likert.low(), likert.high());
    }
    if (item instanceof Item.Slider slider) {
      return view.withRange(slider.min(), slider.max(), slider.step(), slider.low(), slider.high());
    }
    if (item instanceof Item.Numeric number) {
      return view.withRange(number.min(), number.max(), null, null, null);
    }
    return view;
  }
}
