package org.steerstudy.workbench;

import java.util.List;
import org.steerstudy.engine.clip.Picture;
import org.steerstudy.study.RippleLimit;

/**
 * The pictures on which a task's edits are checked: those of the kinds that its script names, the
 * task's own picture left out. A script is refused when such a picture shows a class that the task
 * has no prompt for.
 *
 * @param truths index of each picture's class in the prompts
 */
record RippleSet(List<ModelRoom.ModelPicture> entries, int[] truths) {

  static RippleSet of(Bench bench) {
    RippleLimit limit = bench.step().success().ripple();
    List<String> kinds = limit == null ? List.of() : limit.kinds();
    List<ModelRoom.ModelPicture> entries =
        bench.open().pictures().stream()
            .filter(each -> kinds.contains(each.entry().kind()))
            .filter(each -> !each.picture().sha256().equals(bench.picture().sha256()))
            .toList();
    int[] truths =
        entries.stream().mapToInt(each -> bench.names().indexOf(each.entry().truth())).toArray();
    return new RippleSet(entries, truths);
  }

  List<Picture> pictures() {
    return entries.stream().map(ModelRoom.ModelPicture::picture).toList();
  }
}
