# Asks lme4, psych or vcd, whichever is named, about each table; one line a number, as the Python scripts do.
suppressMessages({
  program <- commandArgs(trailingOnly = TRUE)[1]
  library(program, character.only = TRUE)
})
options(warn = 1, digits = 17)

specification <- jsonlite::fromJSON("tables.json")

say <- function(table, key, what, number, label = "") {
  cat(table, key, label, what, sprintf("%.17g", number), sep = "\t")
  cat("\n")
}

read_table <- function(name) {
  long <- read.csv(specification[[name]]$file, colClasses = c(unit = "character", rater = "character"))
  long[!is.na(long$score), ]
}

scale_of <- function(name) {
  ends <- specification[[name]]$scale
  seq(ends[1], ends[2], by = ends[3])
}

wide_of <- function(long) {
  wide <- reshape(long[, c("unit", "rater", "score")], idvar = "unit", timevar = "rater", direction = "wide")
  as.matrix(wide[, -1])
}

exactly <- function(formula, long) {
  lmer(formula, long, REML = TRUE, control = lmerControl(
    optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10), calc.derivs = FALSE,
    check.conv.singular = "ignore"
  ))
}

# Putka, Le, McCloy & Diaz (2008), from their definition: raters shared by each ordered pair of candidates.
multiplier <- function(long) {
  panels <- split(long$rater, long$unit)
  sizes <- lengths(panels)
  shared <- 0
  for (i in seq_along(panels)) for (j in seq_along(panels)) if (i != j) {
    shared <- shared + length(intersect(panels[[i]], panels[[j]])) / (sizes[i] * sizes[j])
  }
  number <- length(panels)
  c(k = 1 / mean(1 / sizes), q = mean(1 / sizes) - unname(shared) / (number * (number - 1)))
}

ask_lme4 <- function(name) {
  long <- read_table(name)
  if ("criterion" %in% names(long)) {
    full <- exactly(score ~ 1 + (1 | criterion) + (1 | unit) + (1 | rater) + (1 | unit:criterion) +
      (1 | rater:criterion) + (1 | unit:rater), long)
    parts <- as.data.frame(VarCorr(full))
    keys <- c(criterion = "var_criterion", unit = "var_unit", rater = "var_rater",
      "unit:criterion" = "var_unit_criterion", "rater:criterion" = "var_rater_criterion",
      "unit:rater" = "var_unit_rater", Residual = "var_residual")
    for (row in seq_len(nrow(parts))) say(name, keys[[parts$grp[row]]], "value", parts$vcov[row])
    long <- aggregate(score ~ unit + rater, long, mean)
  }
  model <- exactly(score ~ 1 + (1 | unit) + (1 | rater), long)
  parts <- as.data.frame(VarCorr(model))
  of <- function(group) parts$vcov[parts$grp == group]
  say(name, "reml_var_unit", "value", of("unit"))
  say(name, "reml_var_rater", "value", of("rater"))
  say(name, "reml_var_residual", "value", of("Residual"))
  say(name, "reml_mean", "value", fixef(model)[[1]])
  design <- multiplier(long)
  say(name, "k_harmonic", "value", design[["k"]])
  say(name, "q", "value", design[["q"]])
  say(name, "g_q_k", "value", of("unit") / (of("unit") + design[["q"]] * of("rater") + of("Residual") / design[["k"]]))
  say(name, "icc_a_1_reml", "value", of("unit") / (of("unit") + of("rater") + of("Residual")))
  say(name, "icc_c_1_reml", "value", of("unit") / (of("unit") + of("Residual")))
  effects <- ranef(model, condVar = TRUE)$rater
  deviation <- sqrt(attr(effects, "postVar")[1, 1, ])
  for (row in seq_len(nrow(effects))) {
    say(name, "rater_blup", "value", effects[row, 1], rownames(effects)[row])
    say(name, "rater_blup", "se", deviation[row], rownames(effects)[row])
  }
}

ask_psych <- function(name) {
  long <- read_table(name)
  if ("criterion" %in% names(long)) return(invisible())
  wide <- wide_of(long)
  if (anyNA(wide)) return(invisible())
  found <- ICC(wide, lmer = FALSE)$results
  keys <- c(ICC1 = "icc_1_1", ICC2 = "icc_2_1", ICC3 = "icc_3_1", ICC1k = "icc_1_k", ICC2k = "icc_2_k",
    ICC3k = "icc_3_k")
  for (row in seq_len(nrow(found))) {
    key <- keys[[found$type[row]]]
    say(name, key, "value", found$ICC[row])
    say(name, key, "low", found[["lower bound"]][row])
    say(name, key, "high", found[["upper bound"]][row])
  }
}

ask_vcd <- function(name) {
  long <- read_table(name)
  wide <- if ("criterion" %in% names(long)) NULL else wide_of(long)
  if (is.null(wide) || ncol(wide) != 2) return(invisible())
  wide <- wide[complete.cases(wide), ]
  levels <- scale_of(name)
  counts <- table(factor(wide[, 1], levels), factor(wide[, 2], levels))
  keys <- list(c("Unweighted", "cohen_kappa", "Equal-Spacing"), c("Weighted", "cohen_kappa_linear", "Equal-Spacing"),
    c("Weighted", "cohen_kappa_quadratic", "Fleiss-Cohen"))
  for (key in keys) {
    found <- Kappa(counts, weights = key[3])[[key[1]]]
    say(name, key[2], "value", found[["value"]])
    say(name, key[2], "se", found[["ASE"]])
  }
}

ask <- switch(program, lme4 = ask_lme4, psych = ask_psych, vcd = ask_vcd)
# Scores that are normal enough for a mixed model, with more than two raters.
mixed <- c("shrout_fleiss_1979", "complete", "incomplete", "once_too", "criteria", "half_points", "hundred")
for (name in if (program == "lme4") mixed else names(specification)) ask(name)
