# Tiny Recursive Model (arXiv 2510.04871): one small network improves a latent z_L and, with it, an answer z_H.
class Recursion(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  H_cycles : int
  L_cycles : int
  mlp_t : bool
  heads : int
  eps : float

  def f(self: __torch__.Recursion, levels: List[List[Tensor]], x: Tensor, rope: List[Tensor]) -> Tensor:
    return __torch__.layers.level(levels[0], x, rope, self.mlp_t, self.heads, self.eps)

  # One improvement step: carry [z_H, z_L] and input e, each B x S x D.
  def step(self: __torch__.Recursion, levels: List[List[Tensor]], carry: List[Tensor], e: Tensor, rope: List[Tensor]) -> List[Tensor]:
    z_H, z_L = carry[0], carry[1]
    for h in range(self.H_cycles):
      for l in range(self.L_cycles):
        z_L = self.f(levels, torch.add(z_L, torch.add(z_H, e)), rope)
      z_H = self.f(levels, torch.add(z_H, z_L), rope)
    return [z_H, z_L]
