package dev.trmarena.puzzles.score;

import dev.trmarena.limits.Quote;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a checkpoint is adapted to tasks that it has never seen: rows of the puzzle embedding begin as the mean of its rows and are trained
 * on the demonstrations, each for itself with the network frozen, or all together with the weights. See {@code docs/adaptation.md}.
 *
 * @param steps training steps, of each row or of the network; with none rows stay the mean, which is the run before adaptation
 * @param slots examples of one step, of a row or of the whole set
 * @param seed it decides what is random, with the identifier where rows are trained each for itself
 * @param puzzleEmbLr the trainer's {@code puzzle_emb_lr}
 * @param puzzleEmbWeightDecay the trainer's {@code puzzle_emb_weight_decay}
 * @param lrWarmupSteps the trainer's {@code lr_warmup_steps}, counted as the steps are
 * @param lrMinRatio the trainer's {@code lr_min_ratio}: share of the rate that is left at the last step
 * @param haltExplorationProb the trainer's {@code halt_exploration_prob}
 * @param weights how the weights are trained, too; null where they are frozen
 */
public record Adaptation(
        int steps,
        int slots,
        int seed,
        double puzzleEmbLr,
        double puzzleEmbWeightDecay,
        int lrWarmupSteps,
        double lrMinRatio,
        double haltExplorationProb,
        @Nullable Weights weights) {
    /** Training steps, at most. */
    public static final int MOST_STEPS = 20_000;

    /** Examples in one native call, at most: a step with gradients is some 3.5 without. */
    public static final int MOST_SLOTS = 16;

    /** Not so many that a rate has no short written form. */
    private static final int MOST_DECIMALS = 9;

    static final double MOST_RATE = 10;
    private static final String MEAN_ROWS = ".mean-rows";

    private static final String LR = "puzzle_emb_lr";
    private static final String DECAY = "puzzle_emb_weight_decay";
    private static final String WARMUP = "lr_warmup_steps";
    private static final String MIN_RATIO = "lr_min_ratio";
    private static final String EXPLORATION = "halt_exploration_prob";

    /** Untouched rows: what a checkpoint answers before. */
    static final Adaptation NONE = new Adaptation(0, 1, 0, 0.1, 0.1, 10, 0.1, 0.1, null);

    /** Of {@code all}, unless said: B as in the runs of the authors' trainer that are compared with. */
    private static final int BATCH = 8;

    static final String NUMBER = "-([0-9]{1,6}(?:\\.[0-9]{1,9})?)";

    /** What {@link #key} writes, as a part of a larger expression with fifteen groups. */
    static final String PATTERN =
            "(\\.mean-rows|\\.adapt-(?:rows|all)-([1-9][0-9]{0,4})x([1-9][0-9]?)\\.seed-([0-9]{1,10})\\.lr" + NUMBER
                    + "\\.decay" + NUMBER + "\\.warmup-([0-9]{1,5})\\.min" + NUMBER + "\\.explore" + NUMBER
                    + "(" + Weights.PATTERN + ")?)";

    private static final Pattern KEY = Pattern.compile(PATTERN);

    public Adaptation {
        within("steps", steps, 0, MOST_STEPS);
        within("slots", slots, 1, MOST_SLOTS);
        within("seed", seed, 0, Integer.MAX_VALUE);
        within(LR, puzzleEmbLr, 0, MOST_RATE);
        within(DECAY, puzzleEmbWeightDecay, 0, MOST_RATE);
        within(WARMUP, lrWarmupSteps, 0, MOST_STEPS);
        within(MIN_RATIO, lrMinRatio, 0, 1);
        within(EXPLORATION, haltExplorationProb, 0, 1);
    }

    static void within(String what, double value, double least, double most) {
        BigDecimal exact = Double.isFinite(value) ? decimal(value) : BigDecimal.ONE.negate();
        if (!(value >= least && value <= most) || exact.scale() > MOST_DECIMALS) {
            throw new IllegalArgumentException("adaptation: " + what + " is " + value + ", it must be from "
                    + written(least) + " to " + written(most)
                    + (exact.scale() > MOST_DECIMALS ? ", with at most " + MOST_DECIMALS + " decimals" : ""));
        }
    }

    /**
     * With what is not said as in the runs of the authors' trainer that {@code docs/adaptation.md} compares with: the published rate of
     * 0.01 changes next to nothing in a few hundred steps.
     *
     * @param settings by the trainer's names, see {@link #settings}
     * @throws IllegalArgumentException for a name or value that is none
     */
    public static Adaptation of(
            AdaptMode mode, int steps, @Nullable Integer slots, @Nullable Integer seed, Map<String, Double> settings) {
        Map<String, Double> known = usual(mode).settings();
        for (String name : settings.keySet()) {
            if (!known.containsKey(name)) {
                throw new IllegalArgumentException("adaptation: '" + Quote.of(name) + "' is no setting of '"
                        + mode.key() + "'; there are " + String.join(", ", known.keySet()));
            }
        }
        double warmup = settings.getOrDefault(WARMUP, (double) NONE.lrWarmupSteps());
        within(WARMUP, warmup, 0, MOST_STEPS);
        if (warmup != Math.rint(warmup)) {
            throw new IllegalArgumentException(
                    "adaptation: " + WARMUP + " is " + warmup + ", a whole number was expected");
        }
        var adaptation = new Adaptation(
                steps,
                slots == null ? usual(mode).slots() : slots,
                seed == null ? 0 : seed,
                settings.getOrDefault(LR, NONE.puzzleEmbLr()),
                settings.getOrDefault(DECAY, NONE.puzzleEmbWeightDecay()),
                (int) warmup,
                settings.getOrDefault(MIN_RATIO, NONE.lrMinRatio()),
                settings.getOrDefault(EXPLORATION, NONE.haltExplorationProb()),
                mode == AdaptMode.ALL ? Weights.of(settings) : null);
        // One computation has one key.
        return steps == 0 ? NONE : adaptation;
    }

    private static Adaptation usual(AdaptMode mode) {
        return mode == AdaptMode.ROWS ? NONE : new Adaptation(0, BATCH, 0, 0.1, 0.1, 10, 0.1, 0.1, Weights.USUAL);
    }

    public AdaptMode mode() {
        return weights == null ? AdaptMode.ROWS : AdaptMode.ALL;
    }

    /** Whether units train the rows of their examples; else there is nothing to train, or it was done before them. */
    public boolean isOfUnits() {
        return weights == null;
    }

    /** Rates and the like, by the trainer's names. */
    public Map<String, Double> settings() {
        Map<String, Double> settings = new LinkedHashMap<>();
        settings.put(LR, puzzleEmbLr);
        settings.put(DECAY, puzzleEmbWeightDecay);
        settings.put(WARMUP, (double) lrWarmupSteps);
        settings.put(MIN_RATIO, lrMinRatio);
        settings.put(EXPLORATION, haltExplorationProb);
        if (weights != null) {
            weights.put(settings);
        }
        return settings;
    }

    /** Training steps that take one example: of each row, or of the whole set. */
    public long examples() {
        return (long) steps * slots;
    }

    /** Its part of {@link Protocol#key}. */
    String key() {
        return steps == 0
                ? MEAN_ROWS
                : ".adapt-" + mode().key() + "-" + steps + "x" + slots + ".seed-" + seed + ".lr-" + written(puzzleEmbLr)
                        + ".decay-"
                        + written(puzzleEmbWeightDecay) + ".warmup-" + lrWarmupSteps + ".min-" + written(lrMinRatio)
                        + ".explore-" + written(haltExplorationProb) + (weights == null ? "" : weights.key());
    }

    /** @param key what {@link #PATTERN} found */
    static Adaptation parse(String key) {
        Matcher parts = KEY.matcher(key);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + Quote.of(key) + "' says nothing of an adaptation");
        }
        if (key.equals(MEAN_ROWS)) {
            return NONE;
        }
        return new Adaptation(
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                (int) Math.min(Integer.MAX_VALUE, Long.parseLong(parts.group(4))),
                Double.parseDouble(parts.group(5)),
                Double.parseDouble(parts.group(6)),
                Integer.parseInt(parts.group(7)),
                Double.parseDouble(parts.group(8)),
                Double.parseDouble(parts.group(9)),
                parts.group(10) == null ? null : Weights.parse(parts, 11));
    }

    /** For people: what is as always is not said. */
    String label() {
        if (steps == 0) {
            return "mean rows";
        }
        Adaptation usual = usual(mode());
        var label = new StringBuilder(
                (weights == null ? "rows" : "all weights") + " adapted: " + steps + (steps == 1 ? " step" : " steps"));
        label.append(slots == usual.slots() ? "" : " of " + slots + (slots == 1 ? " example" : " examples"));
        label.append(seed == 0 ? "" : ", seed " + seed);
        settings().forEach((name, value) -> {
            if (!value.equals(usual.settings().get(name))) {
                label.append(", ").append(name).append(' ').append(written(value));
            }
        });
        return label.toString();
    }

    private static BigDecimal decimal(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros();
    }

    static String written(double value) {
        return value == 0 ? "0" : decimal(value).toPlainString();
    }

    /**
     * How weights are trained: AdamATan2 at a rate of their own, by the schedule of the rows.
     *
     * @param lr the trainer's {@code lr}
     * @param weightDecay the trainer's {@code weight_decay}
     * @param beta1 the trainer's
     * @param beta2 the trainer's
     * @param emaRate the trainer's {@code ema_rate}: how much of the moving average stays in a step, which answers in place of the weights;
     *     0 where there is none
     */
    public record Weights(double lr, double weightDecay, double beta1, double beta2, double emaRate) {
        private static final String PATTERN =
                "\\.weights-lr" + NUMBER + "\\.decay" + NUMBER + "\\.beta" + NUMBER + NUMBER + "\\.ema" + NUMBER;

        /** Of the runs of the authors' trainer that {@code docs/adaptation.md} compares with. */
        private static final Weights USUAL = new Weights(0.0003, 0.1, 0.9, 0.95, 0.98);

        private static final String LR = "lr";
        private static final String DECAY = "weight_decay";
        private static final String BETA1 = "beta1";
        private static final String BETA2 = "beta2";
        private static final String EMA = "ema_rate";

        /** Of what is to stay below 1: with 1 nothing would ever change, or a division be by 0. */
        private static final double BELOW_ONE = 0.999999999;

        public Weights {
            within(LR, lr, 0, MOST_RATE);
            within(DECAY, weightDecay, 0, MOST_RATE);
            within(BETA1, beta1, 0, BELOW_ONE);
            within(BETA2, beta2, 0, BELOW_ONE);
            within(EMA, emaRate, 0, BELOW_ONE);
        }

        private static Weights of(Map<String, Double> settings) {
            return new Weights(
                    settings.getOrDefault(LR, USUAL.lr),
                    settings.getOrDefault(DECAY, USUAL.weightDecay),
                    settings.getOrDefault(BETA1, USUAL.beta1),
                    settings.getOrDefault(BETA2, USUAL.beta2),
                    settings.getOrDefault(EMA, USUAL.emaRate));
        }

        private void put(Map<String, Double> settings) {
            settings.put(LR, lr);
            settings.put(DECAY, weightDecay);
            settings.put(BETA1, beta1);
            settings.put(BETA2, beta2);
            settings.put(EMA, emaRate);
        }

        private String key() {
            return ".weights-lr-" + written(lr) + ".decay-" + written(weightDecay) + ".beta-" + written(beta1) + "-"
                    + written(beta2) + ".ema-" + written(emaRate);
        }

        /** @param group of the first number */
        private static Weights parse(Matcher parts, int group) {
            return new Weights(
                    Double.parseDouble(parts.group(group)),
                    Double.parseDouble(parts.group(group + 1)),
                    Double.parseDouble(parts.group(group + 2)),
                    Double.parseDouble(parts.group(group + 3)),
                    Double.parseDouble(parts.group(group + 4)));
        }
    }
}
