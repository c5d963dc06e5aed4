import { StepForm } from "./form.js";
import { readState } from "./state.js";

new StepForm(readState());
