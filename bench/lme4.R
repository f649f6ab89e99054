# Times lmer on ready panel means: Rscript lme4.R MEANS.csv prints CPU seconds and components.
suppressMessages(library(lme4))
means <- read.csv(commandArgs(trailingOnly = TRUE)[1])
means$unit <- factor(means$unit)
means$rater <- factor(means$rater)
used <- system.time(model <- lmer(score ~ 1 + (1 | unit) + (1 | rater), means))
parts <- as.data.frame(VarCorr(model))
cat("seconds", used[["user.self"]] + used[["sys.self"]], "\n")
for (name in c("unit", "rater", "Residual")) {
  cat(paste0("reml_var_", tolower(name)), format(parts$vcov[parts$grp == name], digits = 17), "\n")
}
